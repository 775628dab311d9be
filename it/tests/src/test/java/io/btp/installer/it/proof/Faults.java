package io.btp.installer.it.proof;

import io.btp.installer.it.proof.Weather.Kind;
import io.btp.installer.it.proof.Weather.Storm;
import java.util.List;

/**
 * The causes that are seeded, in waves: one run meets all of a wave, each in a component of its own. {@code NAME} is the
 * installation's name.
 */
final class Faults {
    private static final String CONFIG = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: {{ .Release.Name | replace "redis" "extra" }}}
            """;

    private static final String GADGET = """
            apiVersion: nowhere.example/v1
            kind: Gadget
            metadata: {name: {{ .Release.Name }}}
            """;

    /** What keeps things from being made; an install from nothing meets it. */
    private static final List<Fault> MAKING = List.of(
            Fault.of(
                            "pod security",
                            "dataPlane.redis",
                            on -> on.label("pod-security.kubernetes.io/enforce", "restricted"))
                    .says("the pod security level of the namespace does not allow it")
                    .shows("allowPrivilegeEscalation != false")
                    .advises("pod-security.kubernetes.io/enforce"),
            Fault.of("quota", "edge.ingress", on -> on.object("""
                            apiVersion: v1
                            kind: ResourceQuota
                            metadata: {name: few, namespace: NAME-deps}
                            spec: {hard: {services.loadbalancers: "0"}}
                            """))
                    .says("exceeded quota: few, requested: services.loadbalancers=1")
                    .advises("Raise the ResourceQuota"),
            Fault.of("LimitRange", "observability.metrics", on -> on.object("""
                            apiVersion: v1
                            kind: LimitRange
                            metadata: {name: small, namespace: NAME-deps}
                            spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 2Gi}}]}
                            """))
                    .says("a LimitRange of the namespace is in the way")
                    .shows("maximum storage usage per PersistentVolumeClaim is 2Gi")
                    .advises("Change the LimitRange"),
            Fault.of("no storage class", "objectStore", on -> on.withoutStorageClass(Ground.OBJECTS))
                    .says("There is no StorageClass " + Ground.OBJECTS)
                    .shows("has 0 of 1 pods ready")
                    .advises("Name one of"),
            Fault.of("unbound claim", "observability.logs", on -> on.storageClass(Ground.LOGS, "nobody.example/none"))
                    .waited()
                    .says("Provisioner nobody.example/none of StorageClass " + Ground.LOGS + " has made no volume")
                    .shows("ExternalProvisioning")
                    .advises("name another storage class"),
            Fault.of(
                            "dead webhook",
                            "identity",
                            on -> on.object(Webhook.configuration(
                                    "NAME-dead",
                                    "https://127.0.0.1:9/",
                                    "",
                                    "deployments",
                                    "request.name == 'NAME-sandbox-identity'")))
                    .says("failed calling webhook")
                    .shows("connection refused")
                    .advises("See why the webhook's pods are not ready"),
            Fault.of("newer CRD", "support.cloudnative-pg-operator", on -> on.object("""
                            apiVersion: apiextensions.k8s.io/v1
                            kind: CustomResourceDefinition
                            metadata: {name: clusters.postgresql.cnpg.io}
                            spec:
                              group: postgresql.cnpg.io
                              scope: Namespaced
                              names: {kind: Cluster, listKind: ClusterList, plural: clusters, singular: cluster}
                              versions:
                                - name: v2
                                  served: true
                                  storage: true
                                  schema:
                                    openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                            """))
                    .says("CustomResourceDefinition \"clusters.postgresql.cnpg.io\"")
                    .shows("cannot be imported")
                    .advises("update that operator"));

    /** What keeps pods from being well, and changes from being made; met wherever an installation is. */
    private static final List<Fault> RUNNING = List.of(
            Fault.of("bad image", "dataPlane.postgres", on -> on.rule("NAME-deps/NAME-postgres*", "image-pull-backoff"))
                    .says("of Container postgres cannot be pulled")
                    .shows("not found")
                    .advises("Check the image's name and tag"),
            Fault.of(
                            "pull secret missing",
                            "objectStore",
                            on -> on.rule("NAME-deps/NAME-sandbox-object-store*", "pull-secret-missing"))
                    .says("of Container object-store cannot be pulled")
                    .shows("Unable to retrieve some image pull secrets")
                    .advises("Make the pull secret"),
            Fault.of(
                            "crash loop",
                            "observability.metrics",
                            on -> on.rule("NAME-deps/NAME-sandbox-metrics*", "crash-loop"))
                    .waited()
                    .says("ends with exit code 1")
                    .advises("Mend what its last log lines name"),
            Fault.of("never ready", "observability.logs", on -> on.rule("NAME-deps/NAME-sandbox-logs*", "never-ready"))
                    .waited()
                    .says("does not answer its readiness probe")
                    .shows("Readiness probe failed")
                    .advises("See its last log lines"),
            Fault.of(
                            "unschedulable",
                            "identity",
                            on -> on.answer("identity.values", "{resources: {requests: {cpu: 100}}}"))
                    .waited()
                    .says("Insufficient cpu")
                    .advises("Add nodes, or ask for less"),
            Fault.of("refusing webhook", "edge.ingress", on -> {
                        var webhook = new Webhook(on.authority());
                        return Ground.all(
                                on.answer("edge.ingress.values", "{replicas: 2}"),
                                on.object(webhook.configuration(
                                        "NAME-refusing", "deployments", "request.name == 'NAME-sandbox-ingress'")),
                                webhook::close);
                    })
                    .says(Webhook.WORDS)
                    .advises("Change the object as the policy's words say"),
            Fault.of(
                            "name of another release",
                            "dataPlane.redis",
                            on -> Ground.all(on.chart("dataPlane.redis", "valkey", CONFIG), on.object("""
                            apiVersion: v1
                            kind: ConfigMap
                            metadata:
                              name: NAME-extra
                              namespace: NAME-deps
                              labels: {app.kubernetes.io/managed-by: Helm}
                              annotations: {meta.helm.sh/release-name: other, meta.helm.sh/release-namespace: NAME-deps}
                            """)))
                    .says("ConfigMap \"faults-extra\" in namespace \"faults-deps\" exists and cannot be imported")
                    .shows("invalid ownership metadata")
                    .advises("Remove or rename the object"));

    static final List<List<Fault>> WAVES = List.of(MAKING, RUNNING);

    /** Met where nothing is installed yet: what is installed needs its chart no more. */
    static final Fault FIRST = Fault.before(
                    "chart not found", on -> on.answer("dataPlane.redis.chart.file", "/none/valkey"))
            .says("file:///none/valkey cannot be used: there is no such file")
            .advises("Name a chart's archive or folder");

    /** Each ends a run of its own. */
    static final List<Fault> SINGLE = List.of(
            Fault.of(
                            "hook Job fails",
                            "platform",
                            on -> Ground.all(
                                    on.answer("platform.values.replicas", "2"),
                                    on.rule("NAME-platform/NAME-platform-migration*", "fail=3")))
                    .says("ends with exit code 3")
                    .shows("has failed for good")
                    .advises("Mend what its last log lines name"),
            Fault.before("values refused by the schema", on -> on.answer("platform.values.replicas", "many"))
                    .says("at '/replicas': got string, want integer")
                    .advises("Correct the value that Helm names"),
            Fault.before(
                            "wrong digest of a chart",
                            on -> on.answer("dataPlane.redis.chart.digest", "sha256:" + "0".repeat(64)))
                    .says("is not the one that was pinned")
                    .shows("found sha256:")
                    .advises("pin the new digest only when you trust it"),
            Fault.of("missing CRD", "dataPlane.redis", on -> on.chart("dataPlane.redis", "valkey", GADGET))
                    .says("no matches for kind \"Gadget\" in version \"nowhere.example/v1\"")
                    .advises("custom resource definition that serves the kind"),
            Fault.before("immutable field", on -> on.answer("observability.metrics.storage", "2Gi"))
                    .says("is 3Gi and stays so")
                    .advises("Set observability.metrics.storage back to 3Gi"),
            Fault.before(
                            "no name server knows the API server",
                            on -> on.kubeconfig(on.weather().kubeconfig().replace("localhost", "api.nowhere.invalid")))
                    .says("api.nowhere.invalid, is not known to the name server")
                    .advises("Check the server's address in the kubeconfig"),
            Fault.before(
                            "proxy with an authority of its own",
                            on -> on.kubeconfig(on.weather().kubeconfigOfAnotherAuthority()))
                    .says("is signed by an authority that is not trusted here")
                    .advises("connection.caFile"),
            Fault.before(
                            "a right is missing",
                            on -> Ground.all(on.answer("identity.values.replicas", "2"), on.withoutRight()))
                    .says("rights that this plan needs are not granted")
                    .shows("patch deployments.apps in faults-deps")
                    .advises("btp plan --rbac"),
            Fault.of(
                            "token expires in the middle",
                            "identity",
                            on -> Ground.all(
                                    on.answer("identity.values.replicas", "2"),
                                    on.weather(Storm.of(Kind.UNKNOWN, "^POST .*/secrets", 1, Integer.MAX_VALUE))))
                    .says("does not know who asks")
                    .advises("Log in again"),
            storm("429 storm", Kind.THROTTLED),
            storm("500 storm", Kind.FAILED),
            storm("connections that break", Kind.RESET),
            storm("answers that are cut", Kind.CUT));

    private static Fault storm(String name, Kind kind) {
        return Fault.survived(
                name,
                on -> Ground.all(
                        on.answer("identity.values.replicas", Integer.toString(3 + kind.ordinal())),
                        on.weather(Storm.of(kind, ".", 4, 40))));
    }

    private Faults() {}

    /** Tells how many there are. */
    static int count() {
        return WAVES.stream().mapToInt(List::size).sum() + SINGLE.size() + 1;
    }
}
