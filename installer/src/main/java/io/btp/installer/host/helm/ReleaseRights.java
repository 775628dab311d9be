package io.btp.installer.host.helm;

import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Permission;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.ResourceType;
import io.btp.installer.host.kubernetes.Right;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which rights installing or upgrading a release needs.
 *
 * <p>Where its values are known, they follow from its rendered objects. Otherwise they follow from the kinds that the
 * chart's templates name: what the values will switch off is among them, and for the roles that it makes the right to
 * make roles with any rules stands in, as their rules are not known.
 */
final class ReleaseRights {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final List<String> ON_OBJECTS = List.of("get", "create", "patch", "delete");
    private static final List<String> ON_HOOKS = List.of("get", "list", "watch", "create", "delete");
    private static final List<String> ON_HISTORY = List.of("get", "list", "create", "update", "patch", "delete");

    private final Site site;
    private final Workers workers;

    ReleaseRights(Site site, Workers workers) {
        this.site = site;
        this.workers = workers;
    }

    /** Gives the rights on the history of a release. */
    static Permission[] ofHistory(String namespace) {
        return ON_HISTORY.stream()
                .map(verb -> Permission.kubernetes(verb, "secrets", namespace))
                .toArray(Permission[]::new);
    }

    /** Gives the rights on the objects of a release that is new. */
    Permission[] ofFirst(HelmRelease release, ChartArchive chart, Map<String, Object> values)
            throws InterruptedException {
        return ofObjects(release, chart, values, new Rendering(site, workers).first(release, chart, values));
    }

    /** Gives the rights on the objects of a release that has a revision. */
    Permission[] ofNext(HelmRelease release, ChartArchive chart, Map<String, Object> values)
            throws InterruptedException {
        return ofObjects(release, chart, values, new Rendering(site, workers).next(release, chart, values, Set.of()));
    }

    private Permission[] ofObjects(
            HelmRelease release, ChartArchive chart, Map<String, Object> values, Rendered rendered)
            throws InterruptedException {
        var rights = new LinkedHashSet<Right>();
        var objects = rendered.objects();
        for (var object : objects.entrySet()) {
            var ref = object.getKey();
            on(ON_OBJECTS, group(ref.apiVersion()), plural(ref.apiVersion(), ref.kind()), ref.namespace(), rights);
            grants(ref, object.getValue(), objects.keySet(), rights);
        }
        definitions(chart.content().definitionsFor(values), rights);
        for (var kind : chart.content().kinds()) {
            if (kind.hook()) {
                ofKind(kind, ON_HOOKS, release.namespace(), rights);
            }
        }
        return permissions(rights);
    }

    /** Gives the rights that a release may need whose values are not known yet. */
    Permission[] ofKinds(String namespace, ChartArchive chart) throws InterruptedException {
        var rights = new LinkedHashSet<Right>();
        for (var kind : chart.content().kinds()) {
            ofKind(kind, kind.hook() ? ON_HOOKS : ON_OBJECTS, namespace, rights);
            switch (kind.kind()) {
                case "Role" -> on(List.of("escalate"), RBAC, "roles", Optional.of(namespace), rights);
                case "RoleBinding" -> on(List.of("bind"), RBAC, "roles", Optional.of(namespace), rights);
                case "ClusterRole" -> on(List.of("escalate"), RBAC, "clusterroles", Optional.empty(), rights);
                case "ClusterRoleBinding" -> on(List.of("bind"), RBAC, "clusterroles", Optional.empty(), rights);
                default -> {
                    // Other kinds grant nothing.
                }
            }
        }
        definitions(chart.content().definitionsFor(Map.of()), rights);
        return permissions(rights);
    }

    private static void definitions(List<Map<String, Object>> definitions, Set<Right> rights) {
        if (!definitions.isEmpty()) {
            on(ON_OBJECTS, "apiextensions.k8s.io", "customresourcedefinitions", Optional.empty(), rights);
        }
    }

    private void ofKind(ChartContent.Kind kind, List<String> verbs, String namespace, Set<Right> rights)
            throws InterruptedException {
        var served = kind.apiVersion().isEmpty()
                ? site.client().typeOfKind(kind.kind())
                : site.client().type(kind.apiVersion(), kind.kind());
        if (served.isPresent()) {
            var place = served.get().namespaced() ? Optional.of(namespace) : Optional.<String>empty();
            on(verbs, served.get().group().orElse(""), served.get().plural(), place, rights);
        } else if (!kind.apiVersion().isEmpty()) {
            var plural = ResourceType.pluralOf(kind.kind());
            on(verbs, group(kind.apiVersion()), plural, Optional.of(namespace), rights);
        }
    }

    private String plural(String apiVersion, String kind) throws InterruptedException {
        return site.client()
                .type(apiVersion, kind)
                .map(ResourceType::plural)
                .orElseGet(() -> ResourceType.pluralOf(kind));
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static void on(
            List<String> verbs, String group, String plural, Optional<String> namespace, Set<Right> rights) {
        verbs.forEach(verb -> rights.add(new Right(verb, group, plural, Optional.empty(), namespace)));
    }

    /** Nobody may grant what they may not do: who makes a role needs its rules, who binds one that is there, its name. */
    private static void grants(ObjectRef ref, Map<String, Object> object, Set<ObjectRef> made, Set<Right> rights) {
        if (!group(ref.apiVersion()).equals(RBAC)) {
            return;
        }
        for (var rule : Fields.maps(object, "rules")) {
            rules(rule, ref.namespace(), rights);
        }
        var role = Fields.map(object, "roleRef");
        var name = Fields.text(role, "name");
        var kind = Fields.text(role, "kind").orElse("");
        var isMade = made.stream()
                .anyMatch(other ->
                        other.kind().equals(kind) && Optional.of(other.name()).equals(name));
        if (name.isPresent() && !isMade) {
            var place = kind.equals("Role") ? ref.namespace() : Optional.<String>empty();
            rights.add(new Right("bind", RBAC, ResourceType.pluralOf(kind), name, place));
        }
    }

    private static void rules(Map<String, Object> rule, Optional<String> namespace, Set<Right> rights) {
        for (var verb : Fields.texts(rule, "verbs")) {
            for (var path : Fields.texts(rule, "nonResourceURLs")) {
                rights.add(new Right(verb, "", path, Optional.empty(), Optional.empty()));
            }
            for (var group : Fields.texts(rule, "apiGroups")) {
                for (var resource : Fields.texts(rule, "resources")) {
                    var names = Fields.texts(rule, "resourceNames");
                    if (names.isEmpty()) {
                        rights.add(new Right(verb, group, resource, Optional.empty(), namespace));
                    }
                    names.forEach(name -> rights.add(new Right(verb, group, resource, Optional.of(name), namespace)));
                }
            }
        }
    }

    private static Permission[] permissions(Set<Right> rights) {
        return rights.stream().map(Right::permission).toArray(Permission[]::new);
    }
}
