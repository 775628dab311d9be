package io.btp.installer.platform;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.CertificateIssuer;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the platform's deployment engine gets: where it keeps its state, and what it deploys users' workloads to. */
final class DeploymentEngineValues {
    private final Installation installation;
    private final Records records;
    private final PlatformConfiguration configuration;
    private final PlatformSecrets secrets;

    DeploymentEngineValues(
            Installation installation, Records records, PlatformConfiguration configuration, PlatformSecrets secrets) {
        this.installation = installation;
        this.records = records;
        this.configuration = configuration;
        this.secrets = secrets;
    }

    Map<String, Object> tree() {
        return Map.of(
                "platform", Map.of("domain", Map.of("hostname", installation.domain())),
                "state", state(records.get(Slots.OBJECT_STORE)),
                "targets", List.of(target()));
    }

    private Map<String, Object> state(ObjectStore store) {
        var credentials = new LinkedHashMap<String, Object>();
        credentials.put("encryptionKey", secrets.stateEncryptionKey());
        if (store.access() instanceof Access.Keys(String accessKey, Secret secretKey)) {
            credentials.put(
                    "aws", Map.of("accessKeyId", accessKey, "secretAccessKey", secretKey, "region", store.region()));
        }
        return Map.of("connectionUrl", stateUrl(store), "secretsProvider", "passphrase", "credentials", credentials);
    }

    /** The engine is Pulumi, whose S3 backend takes the endpoint in the query (Pulumi docs, "State and backends"). */
    private static String stateUrl(ObjectStore store) {
        var url = new StringBuilder("s3://" + store.bucket() + "?region=" + store.region());
        url.append("&endpoint=").append(authority(store.endpoint()));
        if ("http".equals(store.endpoint().getScheme())) {
            url.append("&disableSSL=true");
        }
        if (store.pathStyle()) {
            url.append("&s3ForcePathStyle=true");
        }
        return url.toString();
    }

    private static String authority(URI endpoint) {
        return endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    }

    private Map<String, Object> target() {
        var target = configuration.target();
        return Map.of(
                "id", target.id(),
                "name", target.name(),
                "icon", target.icon(),
                "disabled", false,
                "clusters", List.of(cluster(target)));
    }

    private Map<String, Object> cluster(PlatformConfiguration.Target target) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("id", "primary");
        tree.put("name", target.clusterName());
        tree.put("icon", "global");
        tree.put("disabled", false);
        tree.put("location", Map.of("lat", target.latitude(), "lon", target.longitude()));
        tree.put(
                "namespace",
                Map.of(
                        "single",
                        Map.of(
                                "enabled",
                                true,
                                "name",
                                records.get(Slots.NAMESPACES).deployments())));
        tree.put("connection", Map.of("sameCluster", Map.of("enabled", true)));
        tree.put("domains", Map.of("service", serviceDomain(records.get(Slots.CERTIFICATES))));
        PlatformValues.storageClass(records, configuration)
                .ifPresent(name -> tree.put("storage", Map.of("storageClass", name)));
        tree.put("ingress", Map.of("ingressClass", records.get(Slots.INGRESS).className()));
        tree.put(
                "capabilities",
                Map.of(
                        "mixedLoadBalancers", true,
                        "p2pLoadBalancers", false,
                        "nodePorts",
                                Map.of(
                                        "enabled",
                                        true,
                                        "range",
                                        Map.of("min", target.firstNodePort(), "max", target.lastNodePort()))));
        return tree;
    }

    private Map<String, Object> serviceDomain(CertificateIssuer certificates) {
        return Map.of("tls", true, "hostname", installation.domain(), "certManager", issuer(certificates));
    }

    private static Map<String, Object> issuer(CertificateIssuer certificates) {
        if (certificates.name().isEmpty() || !certificates.kind().equals(Optional.of("ClusterIssuer"))) {
            return Map.of("enabled", false);
        }
        return Map.of("enabled", true, "issuer", certificates.name().get());
    }
}
