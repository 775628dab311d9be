package io.btp.installer.simulator.operators;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Ref;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs every operator while its kind is served and the pods of its program are ready. */
public final class Operators implements Controller<Ref> {
    private static final String NAME = "app.kubernetes.io/name";

    private final Cluster cluster;
    private final List<Operator> operators;
    private final Store definitions;
    private final Store pods;
    private final Map<Kind, Store> followed = new ConcurrentHashMap<>();

    public Operators(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        var clusterIssuers = new CertManagerIssuers(cluster, CertManagerIssuers.CLUSTER_ISSUER);
        var issuers = new CertManagerIssuers(cluster, CertManagerIssuers.ISSUER);
        this.operators = List.of(
                new CloudNativePg(cluster, new SecureRandom()),
                clusterIssuers,
                issuers,
                new CertManagerCertificates(cluster, Map.of("ClusterIssuer", clusterIssuers, "Issuer", issuers)));
        this.definitions = cluster.store(Kind.CUSTOM_RESOURCE_DEFINITION);
        this.pods = cluster.store(Kind.POD);
    }

    @Override
    public String name() {
        return "operators";
    }

    @Override
    public void watch(Loop<Ref> loop) throws InterruptedException {
        for (var operator : operators) {
            var definition = operator.kind().plural() + "." + operator.kind().group();
            definitions.onChange(object -> {
                if (Meta.name(object).equals(definition) && Meta.isTrue(object, "Established")) {
                    follow(operator.kind(), loop);
                }
            });
            pods.onChange(pod -> {
                if (Meta.label(pod, NAME).equals(operator.program())) {
                    all(operator.kind(), loop);
                }
            });
            for (var made : operator.made()) {
                if (!isCustom(made)) {
                    cluster.store(made).onChange(object -> concerned(operator, object, loop));
                }
            }
        }
    }

    private boolean isCustom(Kind kind) {
        return operators.stream().anyMatch(operator -> operator.kind().equals(kind));
    }

    private void concerned(Operator operator, ObjectNode changed, Loop<Ref> loop) {
        var known = Optional.ofNullable(followed.get(operator.kind())).stream().flatMap(Store::all);
        operator.concerned(changed, known).forEach(key -> loop.add(new Ref(operator.kind(), key)));
    }

    private void follow(Kind kind, Loop<Ref> loop) {
        if (!followed.containsKey(kind)) {
            var store = cluster.following(kind);
            followed.put(kind, store);
            store.onChange(resource -> {
                loop.add(new Ref(kind, Meta.key(resource)));
                operators.stream()
                        .filter(operator -> operator.made().contains(kind))
                        .forEach(operator -> concerned(operator, resource, loop));
            });
        }
    }

    private void all(Kind kind, Loop<Ref> loop) {
        var store = followed.get(kind);
        if (store != null) {
            store.all().forEach(resource -> loop.add(new Ref(kind, Meta.key(resource))));
        }
    }

    @Override
    public void reconcile(Ref ref, Loop<Ref> loop) throws IOException, InterruptedException {
        var store = followed.get(ref.kind());
        if (store == null) {
            return;
        }
        for (var operator : operators) {
            if (operator.kind().equals(ref.kind()) && runs(operator)) {
                reconcile(operator, store, ref.key());
            }
        }
    }

    private static void reconcile(Operator operator, Store store, Key key) throws IOException, InterruptedException {
        var resource = store.find(key).filter(found -> !Meta.isLeaving(found));
        if (resource.isPresent()) {
            operator.reconcile(resource.get());
        }
    }

    private boolean runs(Operator operator) {
        return pods.all().anyMatch(pod -> Meta.label(pod, NAME).equals(operator.program()) && isReady(pod));
    }

    static boolean isReady(JsonNode pod) {
        return Meta.isTrue(pod, "Ready")
                && !Meta.isLeaving(pod)
                && Json.text(pod, "status", "phase").equals("Running");
    }
}
