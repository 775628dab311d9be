package io.btp.installer.command;

import io.btp.installer.api.Permission;
import io.btp.installer.host.kubernetes.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes rights as a manifest: a service account, its roles, and the namespaces that they stand in. */
final class RbacManifest {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ACCOUNT = "btp-installer";

    private final String name;
    private final String home;

    /** Writes for the installation of this name, whose record is kept in this namespace. */
    RbacManifest(String installation, String home) {
        this.name = ACCOUNT + "-" + installation;
        this.home = home;
    }

    /** Rules that differ in their resources only are one. */
    private record Rule(String group, Set<String> verbs, Optional<String> name, boolean path)
            implements Comparable<Rule> {
        @Override
        public int compareTo(Rule other) {
            return toString().compareTo(other.toString());
        }
    }

    /** Gives the text, ready for {@code kubectl apply -f -}. */
    String text(Set<Permission> permissions) {
        var rights = permissions.stream().map(Right::of).collect(Collectors.toCollection(TreeSet::new));
        rights.removeIf(right -> right.namespace().isPresent() && rights.contains(right.everywhere()));
        var byPlace = new TreeMap<String, List<Right>>();
        for (var right : rights) {
            byPlace.computeIfAbsent(right.namespace().orElse(""), place -> new ArrayList<>())
                    .add(right);
        }
        var everywhere = Optional.ofNullable(byPlace.remove("")).orElseGet(List::of);
        var text = new StringBuilder("""
                # The rights that this plan needs, for the service account %1$s in %2$s.
                # Namespaces that are not there yet are made, as a role stands in one.
                # Apply it as somebody who has these rights; then log in with: kubectl create token %1$s -n %2$s
                """.formatted(ACCOUNT, home));
        var places = new TreeSet<>(byPlace.keySet());
        places.add(home);
        places.forEach(
                place -> text.append("---\napiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(place)));
        text.append("---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: %s, namespace: %s}\n"
                .formatted(ACCOUNT, home));
        role(text, "ClusterRole", "{name: %s}".formatted(name), everywhere);
        byPlace.forEach(
                (place, inPlace) -> role(text, "Role", "{name: %s, namespace: %s}".formatted(name, place), inPlace));
        return text.toString();
    }

    private void role(StringBuilder text, String kind, String metadata, List<Right> rights) {
        text.append("---\napiVersion: %s/v1\nkind: %s\nmetadata: %s\nrules:\n".formatted(RBAC, kind, metadata));
        rules(rights).forEach((rule, resources) -> {
            if (rule.path()) {
                text.append("- nonResourceURLs: ").append(list(resources)).append('\n');
            } else {
                text.append("- apiGroups: ").append(list(List.of(rule.group()))).append('\n');
                text.append("  resources: ").append(list(resources)).append('\n');
                rule.name()
                        .ifPresent(one -> text.append("  resourceNames: ")
                                .append(list(List.of(one)))
                                .append('\n'));
            }
            text.append("  verbs: ").append(list(rule.verbs())).append('\n');
        });
        text.append("""
                ---
                apiVersion: %1$s/v1
                kind: %2$sBinding
                metadata: %3$s
                roleRef: {apiGroup: %1$s, kind: %2$s, name: %4$s}
                subjects:
                - {kind: ServiceAccount, name: %5$s, namespace: %6$s}
                """.formatted(RBAC, kind, metadata, name, ACCOUNT, home));
    }

    private static TreeMap<Rule, Set<String>> rules(List<Right> rights) {
        var verbs = new TreeMap<String, Set<String>>();
        rights.forEach(right ->
                verbs.computeIfAbsent(thing(right), any -> new TreeSet<>()).add(right.verb()));
        var rules = new TreeMap<Rule, Set<String>>();
        for (var right : rights) {
            var ofThing = Optional.ofNullable(verbs.get(thing(right))).orElseGet(Set::of);
            rules.computeIfAbsent(
                            new Rule(right.group(), ofThing, right.name(), right.isAboutPath()), any -> new TreeSet<>())
                    .add(right.resource());
        }
        return rules;
    }

    private static String thing(Right right) {
        return right.group() + " " + right.resource() + " " + right.name().orElse("");
    }

    private static String list(Collection<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", ", "[", "]"));
    }
}
