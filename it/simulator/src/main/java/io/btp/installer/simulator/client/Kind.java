package io.btp.installer.simulator.client;

import tools.jackson.databind.JsonNode;

/** A kind of objects and where the API serves it. */
public record Kind(String group, String version, String kind, String plural, boolean isNamespaced) {
    public static final Kind CONFIG_MAP = core("ConfigMap", "configmaps");
    public static final Kind ENDPOINTS = core("Endpoints", "endpoints");
    public static final Kind EVENT = core("Event", "events");
    public static final Kind NAMESPACE = new Kind("", "v1", "Namespace", "namespaces", false);
    public static final Kind NODE = new Kind("", "v1", "Node", "nodes", false);
    public static final Kind CLAIM = core("PersistentVolumeClaim", "persistentvolumeclaims");
    public static final Kind VOLUME = new Kind("", "v1", "PersistentVolume", "persistentvolumes", false);
    public static final Kind POD = core("Pod", "pods");
    public static final Kind SECRET = core("Secret", "secrets");
    public static final Kind SERVICE = core("Service", "services");
    public static final Kind SERVICE_ACCOUNT = core("ServiceAccount", "serviceaccounts");
    public static final Kind DAEMON_SET = new Kind("apps", "v1", "DaemonSet", "daemonsets", true);
    public static final Kind DEPLOYMENT = new Kind("apps", "v1", "Deployment", "deployments", true);
    public static final Kind REPLICA_SET = new Kind("apps", "v1", "ReplicaSet", "replicasets", true);
    public static final Kind STATEFUL_SET = new Kind("apps", "v1", "StatefulSet", "statefulsets", true);
    public static final Kind JOB = new Kind("batch", "v1", "Job", "jobs", true);
    public static final Kind LEASE = new Kind("coordination.k8s.io", "v1", "Lease", "leases", true);
    public static final Kind ENDPOINT_SLICE =
            new Kind("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);
    public static final Kind INGRESS = new Kind("networking.k8s.io", "v1", "Ingress", "ingresses", true);
    public static final Kind INGRESS_CLASS =
            new Kind("networking.k8s.io", "v1", "IngressClass", "ingressclasses", false);
    public static final Kind STORAGE_CLASS = new Kind("storage.k8s.io", "v1", "StorageClass", "storageclasses", false);
    public static final Kind CUSTOM_RESOURCE_DEFINITION =
            new Kind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false);
    public static final Kind MUTATING_WEBHOOKS = new Kind(
            "admissionregistration.k8s.io",
            "v1",
            "MutatingWebhookConfiguration",
            "mutatingwebhookconfigurations",
            false);
    public static final Kind VALIDATING_WEBHOOKS = new Kind(
            "admissionregistration.k8s.io",
            "v1",
            "ValidatingWebhookConfiguration",
            "validatingwebhookconfigurations",
            false);

    private static Kind core(String kind, String plural) {
        return new Kind("", "v1", kind, plural, true);
    }

    /** Reads one entry of a discovery answer ({@code APIResourceList}). */
    static Kind of(String groupVersion, JsonNode resource) {
        var slash = groupVersion.indexOf('/');
        return new Kind(
                slash < 0 ? "" : groupVersion.substring(0, slash),
                groupVersion.substring(slash + 1),
                Json.text(resource, "kind"),
                Json.text(resource, "name"),
                resource.path("namespaced").asBoolean(false));
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Gives the path of all objects of this kind. */
    public String everywhere() {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/" + plural;
    }

    /** Gives the path of the objects of this kind in a namespace. */
    public String in(String namespace) {
        if (!isNamespaced) {
            return everywhere();
        }
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/namespaces/" + namespace + "/" + plural;
    }

    public String path(Key key) {
        return in(key.namespace()) + "/" + key.name();
    }
}
