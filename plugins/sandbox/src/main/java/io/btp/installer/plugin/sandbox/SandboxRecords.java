package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.DnsRecords;
import io.btp.installer.api.contract.Ingress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says that the platform's names lead to the load balancer, without any DNS: nobody else has to resolve them. */
final class SandboxRecords implements Provider<Map<String, Object>, DnsRecords> {
    @Override
    public Description description() {
        return Description.of(
                        "sandbox",
                        "records",
                        "No DNS",
                        "The platform's names are taken to lead to the sandbox's load balancer; nothing is written anywhere.")
                .adds("nothing");
    }

    @Override
    public Slot<DnsRecords> slot() {
        return Slots.RECORDS;
    }

    @Override
    public Form<Map<String, Object>> form() {
        return Form.empty();
    }

    @Override
    public Set<Need<?>> needs(Map<String, Object> configuration) {
        return Set.of(Need.input(Slots.INGRESS));
    }

    @Override
    public Component<DnsRecords> open(Map<String, Object> configuration, Context context) {
        return new Named(context);
    }

    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) {
        return Plan.nothing();
    }

    private record Named(Context context) implements Component<DnsRecords> {
        @Override
        public Observation<DnsRecords> observe(Records records) {
            var domain = context.installation().domain();
            var named = records.find(Slots.INGRESS)
                    .map(ingress -> new DnsRecords(List.of(domain, "*." + domain), target(ingress)));
            return Observation.of(named, Plan.nothing());
        }

        @Override
        public Observation<DnsRecords> absent(Records records) {
            return observe(records);
        }

        private static String target(Ingress ingress) {
            return ingress.hostname().or(ingress::address).orElse(ingress.className());
        }
    }
}
