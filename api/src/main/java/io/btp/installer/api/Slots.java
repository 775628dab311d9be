package io.btp.installer.api;

import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.DnsRecords;
import io.btp.installer.api.contract.DnsZone;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.KubernetesApi;
import io.btp.installer.api.contract.Logs;
import io.btp.installer.api.contract.Metrics;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Platform;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.SecretStore;

/** The slots of the normalized contract. */
public final class Slots {
    /** The Kubernetes cluster. */
    public static final Slot<Cluster> CLUSTER = Slot.of("cluster", Cluster.class, "Kubernetes cluster");

    /** Namespaces and service accounts. */
    public static final Slot<Namespaces> NAMESPACES = Slot.of("namespaces", Namespaces.class, "namespaces");

    /** PostgreSQL. */
    public static final Slot<Postgres> POSTGRES = Slot.of("dataPlane.postgres", Postgres.class, "PostgreSQL");

    /** Redis. */
    public static final Slot<Redis> REDIS = Slot.of("dataPlane.redis", Redis.class, "Redis");

    /** Object store. */
    public static final Slot<ObjectStore> OBJECT_STORE = Slot.of("objectStore", ObjectStore.class, "object store");

    /** Identity provider. */
    public static final Slot<Identity> IDENTITY =
            Slot.of("identity", Identity.class, "identity provider").dispensable();

    /** Secret store. */
    public static final Slot<SecretStore> SECRETS = Slot.of("secrets", SecretStore.class, "secret store");

    /** Ingress controller. */
    public static final Slot<Ingress> INGRESS = Slot.of("edge.ingress", Ingress.class, "ingress");

    /** Certificate issuer. */
    public static final Slot<CertificateIssuer> CERTIFICATES =
            Slot.of("edge.certificates", CertificateIssuer.class, "certificates");

    /** DNS zone. */
    public static final Slot<DnsZone> ZONE =
            Slot.of("edge.zone", DnsZone.class, "DNS zone").dispensable();

    /** DNS records. */
    public static final Slot<DnsRecords> RECORDS =
            Slot.of("edge.records", DnsRecords.class, "DNS records").dispensable();

    /** Metrics. */
    public static final Slot<Metrics> METRICS =
            Slot.of("observability.metrics", Metrics.class, "metrics").dispensable();

    /** Logs. */
    public static final Slot<Logs> LOGS =
            Slot.of("observability.logs", Logs.class, "logs").dispensable();

    /** APIs that the cluster serves by operators and CRDs; each use is a group and version. */
    public static final Slot<KubernetesApi> KUBERNETES_API =
            Slot.of("support", KubernetesApi.class, "Kubernetes API").dispensable();

    /** The platform itself; filled by the installer. */
    public static final Slot<Platform> PLATFORM = Slot.of("platform", Platform.class, "platform");

    private Slots() {}
}
