package io.btp.installer.plugin.byo;

import io.btp.installer.api.Change;
import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.DnsRecords;
import io.btp.installer.api.contract.Ingress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * DNS records that somebody else makes: said exactly, then looked up. Names may come after the install, so what is
 * missing is a warning.
 */
final class ByoRecords implements Provider<ByoRecords.Configuration, DnsRecords> {
    /**
     * How names are looked up.
     *
     * @param resolver DNS server, as host or host:port; empty for the one that this machine uses
     */
    record Configuration(Optional<String> resolver) {}

    private static final Question<String> RESOLVER = Question.text("resolver", "DNS server")
            .optional()
            .matching("[A-Za-z0-9.-]+(:[0-9]{1,5})?", "10.0.0.53")
            .because("Inside a company, names may be served by a server of its own.")
            .help("Empty: the one that this machine uses");

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "records",
                        "DNS records by hand",
                        "You make the DNS records: the installer says which, and warns while names do not lead to the platform.")
                .adds("nothing");
    }

    @Override
    public Slot<DnsRecords> slot() {
        return Slots.RECORDS;
    }

    @Override
    public Form<Configuration> form() {
        return Form.of(answers -> new Configuration(answers.find(RESOLVER)), RESOLVER);
    }

    @Override
    public Set<Need<?>> needs(Configuration configuration) {
        return Set.of(Need.input(Slots.INGRESS));
    }

    @Override
    public Component<DnsRecords> open(Configuration configuration, Context context) {
        var domain = context.installation().domain();
        return new Named(List.of(domain, "*." + domain), Resolver.of(configuration.resolver()));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }

    /**
     * The names of one installation: its domain, and the wildcard under which the platform's parts and what its users
     * deploy are reached.
     */
    record Named(List<String> hosts, Resolver resolver) implements Component<DnsRecords> {
        @Override
        public List<Check> checks(Records records) {
            var ingress = records.find(Slots.INGRESS);
            var isSimulated =
                    records.find(Slots.CLUSTER).filter(Cluster::simulated).isPresent();
            return hosts.stream()
                    .map(host -> Check.of(
                            host.startsWith("*.") ? "records.wildcard" : "records.domain",
                            host + " leads to the ingress",
                            () -> new NameCheck(host, ingress, resolver).look(isSimulated)))
                    .toList();
        }

        @Override
        public Observation<DnsRecords> observe(Records records) {
            var ingress = records.find(Slots.INGRESS);
            if (ingress.isEmpty()) {
                return Observation.of(Optional.empty(), Plan.of(announced()));
            }
            var published = new DnsRecords(hosts, target(ingress.get()));
            return Observation.of(Optional.of(published), Plan.nothing());
        }

        /** Once the ingress is there, the records can be told: until then, this step stands for them in the plan. */
        private Step announced() {
            var changes = hosts.stream()
                    .map(host -> Change.to(host, "known after " + Slots.INGRESS.path()))
                    .toArray(Change[]::new);
            return Step.await("ingress that DNS records of yours lead to: " + String.join(", ", hosts), progress -> {
                        throw new IllegalStateException("a step that was planned without the ingress must not run");
                    })
                    .changing(changes)
                    .after(Slots.INGRESS);
        }

        private static String target(Ingress ingress) {
            return ingress.hostname().or(ingress::address).orElse(ingress.className());
        }

        @Override
        public Observation<DnsRecords> absent(Records records) {
            return observe(records);
        }
    }
}
