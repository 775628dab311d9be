package io.btp.installer.plugin.byo;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Ingress;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares where a name leads with where the ingress is.
 *
 * @param host the name; a wildcard is looked up by a name under it that nobody made
 * @param ingress empty while it is not there
 */
record NameCheck(String host, Optional<Ingress> ingress, Resolver resolver) {
    private static final String MADE_UP = "btp-check-any";

    /** Looks once. Where the cluster is simulated, nobody makes records for it. */
    Check.Result look(boolean isSimulated) {
        var found = addresses(host.replaceFirst("^\\*", MADE_UP));
        var wanted = wanted();
        if (!wanted.isEmpty() && wanted.containsAll(found) && !found.isEmpty()) {
            return new Check.Result.Passed(String.join(", ", found));
        }
        // Names of load balancers change their addresses all the time: one that is the same tells that the name is
        // right.
        if (ingress.flatMap(Ingress::hostname).isPresent() && found.stream().anyMatch(wanted::contains)) {
            return new Check.Result.Passed(String.join(", ", found));
        }
        var words = words(found, wanted);
        return isSimulated
                ? new Check.Result.Simulated(words)
                : new Check.Result.Warned(Problem.of(Reason.NOT_FOUND, words, "Make the DNS record " + record()));
    }

    private Set<String> addresses(String name) {
        return new TreeSet<>(resolver.addresses(name));
    }

    private Set<String> wanted() {
        return ingress.flatMap(Ingress::hostname)
                .map(this::addresses)
                .or(() -> ingress.flatMap(Ingress::address).map(Set::of))
                .orElseGet(Set::of);
    }

    private String words(Set<String> found, Set<String> wanted) {
        var now = found.isEmpty() ? host + " has no address" : host + " leads to " + String.join(", ", found);
        if (ingress.isEmpty()) {
            return now + "; where it is to lead is known after edge.ingress";
        }
        return wanted.isEmpty()
                ? now + ", and neither has the load balancer " + target()
                : now + ", expected " + String.join(", ", wanted);
    }

    private String target() {
        return ingress.flatMap(it -> it.hostname().or(it::address)).orElse("(known after edge.ingress)");
    }

    /** Gives the record as people write it: {@code btp.acme.example A 203.0.113.7}. */
    String record() {
        if (ingress.isEmpty()) {
            return "%s A, AAAA or CNAME %s".formatted(host, target());
        }
        if (ingress.get().hostname().isPresent()) {
            return "%s CNAME %s (or your service's alias, where the name is the top of its zone)"
                    .formatted(host, target());
        }
        return "%s %s %s".formatted(host, target().contains(":") ? "AAAA" : "A", target());
    }
}
