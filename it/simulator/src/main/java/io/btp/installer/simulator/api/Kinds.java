package io.btp.installer.simulator.api;

import io.btp.installer.simulator.api.Kind.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Knows all kinds that are served: the built-in ones, and those that custom resource definitions add. */
final class Kinds {
    // API version, kind, plural, N(amespaced) or C(luster), traits (s status, c scale, g generation, r review), short
    // names
    private static final String BUILT_IN = """
            v1 Namespace namespaces C s ns
            v1 Node nodes C s no
            v1 PersistentVolume persistentvolumes C s pv
            v1 Pod pods N sg po
            v1 PodTemplate podtemplates N -
            v1 Service services N s svc
            v1 Endpoints endpoints N - ep
            v1 ConfigMap configmaps N - cm
            v1 Secret secrets N -
            v1 ServiceAccount serviceaccounts N - sa
            v1 PersistentVolumeClaim persistentvolumeclaims N s pvc
            v1 ReplicationController replicationcontrollers N scg rc
            v1 ResourceQuota resourcequotas N s quota
            v1 LimitRange limitranges N - limits
            v1 Event events N - ev
            apps/v1 Deployment deployments N scg deploy
            apps/v1 ReplicaSet replicasets N scg rs
            apps/v1 StatefulSet statefulsets N scg sts
            apps/v1 DaemonSet daemonsets N sg ds
            apps/v1 ControllerRevision controllerrevisions N -
            batch/v1 Job jobs N sg
            batch/v1 CronJob cronjobs N sg cj
            autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers N s hpa
            policy/v1 PodDisruptionBudget poddisruptionbudgets N sg pdb
            networking.k8s.io/v1 Ingress ingresses N sg ing
            networking.k8s.io/v1 IngressClass ingressclasses C g
            networking.k8s.io/v1 NetworkPolicy networkpolicies N g netpol
            rbac.authorization.k8s.io/v1 Role roles N -
            rbac.authorization.k8s.io/v1 RoleBinding rolebindings N -
            rbac.authorization.k8s.io/v1 ClusterRole clusterroles C -
            rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings C -
            storage.k8s.io/v1 StorageClass storageclasses C - sc
            storage.k8s.io/v1 CSIDriver csidrivers C -
            storage.k8s.io/v1 CSINode csinodes C -
            storage.k8s.io/v1 VolumeAttachment volumeattachments C s
            coordination.k8s.io/v1 Lease leases N -
            admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration validatingwebhookconfigurations C g
            admissionregistration.k8s.io/v1 MutatingWebhookConfiguration mutatingwebhookconfigurations C g
            admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy validatingadmissionpolicies C sg
            admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings C g
            apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions C sg crd,crds
            apiregistration.k8s.io/v1 APIService apiservices C s
            discovery.k8s.io/v1 EndpointSlice endpointslices N g
            scheduling.k8s.io/v1 PriorityClass priorityclasses C g pc
            events.k8s.io/v1 Event events N - ev
            certificates.k8s.io/v1 CertificateSigningRequest certificatesigningrequests C s csr
            authentication.k8s.io/v1 TokenReview tokenreviews C r
            authentication.k8s.io/v1 SelfSubjectReview selfsubjectreviews C r
            authorization.k8s.io/v1 SelfSubjectAccessReview selfsubjectaccessreviews C r
            authorization.k8s.io/v1 SelfSubjectRulesReview selfsubjectrulesreviews C r
            authorization.k8s.io/v1 SubjectAccessReview subjectaccessreviews C r
            authorization.k8s.io/v1 LocalSubjectAccessReview localsubjectaccessreviews N r
            """;
    private static final List<Kind> BUILT_IN_KINDS =
            BUILT_IN.lines().map(Kinds::builtIn).toList();

    private final Map<String, List<Kind>> custom = new ConcurrentSkipListMap<>();

    private static Kind builtIn(String line) {
        var words = line.split(" ");
        int slash = words[0].indexOf('/');
        var traits = EnumSet.noneOf(Trait.class);
        words[4].chars().forEach(letter -> {
            switch (letter) {
                case 's' -> traits.add(Trait.STATUS);
                case 'c' -> traits.add(Trait.SCALE);
                case 'g' -> traits.add(Trait.GENERATION);
                case 'r' -> traits.add(Trait.REVIEW);
                default -> {}
            }
        });
        return new Kind(
                slash < 0 ? "" : words[0].substring(0, slash),
                words[0].substring(slash + 1),
                words[1],
                words[2],
                words.length > 5 ? List.of(words[5].split(",")) : List.of(),
                words[3].equals("N"),
                traits,
                Optional.empty());
    }

    /** Gives a built-in kind of the table above. */
    static Kind builtIn(String group, String kind) {
        return BUILT_IN_KINDS.stream()
                .filter(known -> known.is(group, kind))
                .findFirst()
                .orElseThrow();
    }

    /** Serves what a definition defines, instead of what it defined before. */
    void define(ObjectNode definition) {
        var kinds = new ArrayList<Kind>();
        var spec = Nodes.at(definition, "spec");
        for (var version : Nodes.objects(spec, "versions")) {
            if (!version.path("served").asBoolean(false)) {
                continue;
            }
            var traits = EnumSet.of(Trait.CUSTOM, Trait.GENERATION);
            if (version.path("subresources").has("status")) {
                traits.add(Trait.STATUS);
            }
            if (version.path("subresources").has("scale")) {
                traits.add(Trait.SCALE);
            }
            kinds.add(new Kind(
                    Nodes.string(spec, "group"),
                    Nodes.string(version, "name"),
                    Nodes.string(spec, "names", "kind"),
                    Nodes.string(spec, "names", "plural"),
                    Nodes.strings(spec, "names", "shortNames"),
                    Nodes.string(spec, "scope").equals("Namespaced"),
                    traits,
                    Nodes.objectAt(version, "schema", "openAPIV3Schema")));
        }
        kinds.sort((one, other) -> Versions.ORDER.compare(one.version(), other.version()));
        custom.put(Nodes.string(definition, "metadata", "name"), List.copyOf(kinds));
    }

    void forget(String definition) {
        custom.remove(definition);
    }

    Optional<Kind> find(String group, String version, String plural) {
        return all().filter(kind -> kind.plural().equals(plural)
                        && kind.group().equals(group)
                        && kind.version().equals(version))
                .findFirst();
    }

    /** Gives one kind for each place where objects are stored. */
    Optional<Kind> stored(String qualified) {
        return all().filter(kind -> kind.qualified().equals(qualified)).findFirst();
    }

    Stream<Kind> all() {
        return Stream.concat(BUILT_IN_KINDS.stream(), custom.values().stream().flatMap(List::stream));
    }

    /** Gives the API versions that are served, the preferred one of each group first. */
    List<String> apiVersions() {
        return List.copyOf(all().map(Kind::apiVersion)
                .collect(LinkedHashSet<String>::new, LinkedHashSet::add, LinkedHashSet::addAll));
    }
}
