package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.ApiException;
import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Ref;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Makes and binds a volume for every claim whose storage class there is, grows it, and removes it with its claim. */
final class ClaimController implements Controller<Ref> {
    private final Cluster cluster;
    private final Store claims;
    private final Store volumes;
    private final Store classes;

    ClaimController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.claims = cluster.store(Kind.CLAIM);
        this.volumes = cluster.store(Kind.VOLUME);
        this.classes = cluster.store(Kind.STORAGE_CLASS);
    }

    @Override
    public String name() {
        return "persistentvolume-controller";
    }

    @Override
    public void watch(Loop<Ref> loop) {
        claims.onChange(claim -> {
            loop.add(new Ref(Kind.CLAIM, Meta.key(claim)));
            loop.add(new Ref(Kind.VOLUME, Key.of(volume(claim))));
        });
        volumes.onChange(volume -> loop.add(new Ref(Kind.VOLUME, Meta.key(volume))));
        classes.onChange(_ -> claims.all().forEach(claim -> loop.add(new Ref(Kind.CLAIM, Meta.key(claim)))));
    }

    private static String volume(ObjectNode claim) {
        return "pvc-" + Meta.uid(claim);
    }

    @Override
    public void reconcile(Ref ref, Loop<Ref> loop) throws IOException, InterruptedException {
        if (ref.kind().equals(Kind.VOLUME)) {
            reclaim(ref.key());
            return;
        }
        var found = claims.find(ref.key());
        if (found.isEmpty()) {
            return;
        }
        var claim = found.get();
        if (Meta.isLeaving(claim)) {
            release(claim);
            return;
        }
        var storageClass = storageClass(claim);
        if (storageClass.isPresent()) {
            bind(claim, storageClass.get());
            return;
        }
        if (!Json.text(claim, "status", "phase").equals("Bound")) {
            refuse(claim);
        }
    }

    /** Lets a claim go that is protected against being deleted under a pod; simulated pods have no data to lose. */
    private void release(ObjectNode claim) throws IOException, InterruptedException {
        if (Json.items(claim, "metadata", "finalizers")
                .anyMatch(item -> item.asString("").equals("kubernetes.io/pvc-protection"))) {
            var rest = Json.items(claim, "metadata", "finalizers")
                    .filter(item -> !item.asString("").equals("kubernetes.io/pvc-protection"))
                    .toList();
            cluster.patch(Kind.CLAIM, Meta.key(claim), Json.object("metadata", Map.of("finalizers", rest)));
        }
    }

    private Optional<ObjectNode> storageClass(ObjectNode claim) {
        if (claim.path("spec").has("storageClassName")) {
            return classes.find(Key.of(Json.text(claim, "spec", "storageClassName")));
        }
        return classes.all()
                .filter(candidate -> Meta.annotation(candidate, "storageclass.kubernetes.io/is-default-class")
                        .equals("true"))
                .findFirst();
    }

    private void refuse(ObjectNode claim) throws IOException, InterruptedException {
        var name = Json.text(claim, "spec", "storageClassName");
        var why = name.isEmpty()
                ? Happening.normal(
                        name(),
                        "FailedBinding",
                        "no persistent volumes available for this claim and no storage class is set")
                : Happening.warning(
                        name(), "ProvisioningFailed", "storageclass.storage.k8s.io \"%s\" not found".formatted(name));
        cluster.event(Kind.CLAIM, claim, why);
        cluster.status(Kind.CLAIM, claim, Json.object("phase", "Pending"));
    }

    private void bind(ObjectNode claim, ObjectNode storageClass) throws IOException, InterruptedException {
        var asked = Json.text(claim, "spec", "resources", "requests", "storage");
        var bound = claim;
        if (Json.text(claim, "spec", "volumeName").isEmpty()) {
            provide(claim, storageClass, asked);
            var changed = claim.deepCopy();
            changed.withObjectProperty("spec")
                    .put("volumeName", volume(claim))
                    .put("storageClassName", Meta.name(storageClass));
            bound = cluster.replace(Kind.CLAIM, changed);
        }
        cluster.status(
                Kind.CLAIM,
                bound,
                Json.object(
                        "phase",
                        "Bound",
                        "accessModes",
                        bound.path("spec").path("accessModes"),
                        "capacity",
                        Map.of("storage", asked)));
    }

    private void provide(ObjectNode claim, ObjectNode storageClass, String size)
            throws IOException, InterruptedException {
        var policy = Json.text(storageClass, "reclaimPolicy");
        try {
            var volume = cluster.create(
                    Kind.VOLUME,
                    Json.object(
                            "metadata",
                                    Map.of(
                                            "name", volume(claim),
                                            "annotations",
                                                    Map.of(
                                                            "pv.kubernetes.io/provisioned-by",
                                                            Json.text(storageClass, "provisioner"))),
                            "spec",
                                    Map.of(
                                            "capacity",
                                            Map.of("storage", size),
                                            "accessModes",
                                            claim.path("spec").path("accessModes"),
                                            "persistentVolumeReclaimPolicy",
                                            policy.isEmpty() ? "Delete" : policy,
                                            "storageClassName",
                                            Meta.name(storageClass),
                                            "hostPath",
                                            Map.of("path", "/simulated/" + volume(claim)),
                                            "claimRef",
                                            Map.of(
                                                    "apiVersion",
                                                    "v1",
                                                    "kind",
                                                    "PersistentVolumeClaim",
                                                    "namespace",
                                                    Meta.namespace(claim),
                                                    "name",
                                                    Meta.name(claim),
                                                    "uid",
                                                    Meta.uid(claim)))));
            cluster.status(Kind.VOLUME, volume, Json.object("phase", "Bound"));
            cluster.event(
                    Kind.CLAIM,
                    claim,
                    Happening.normal(
                            name(), "ProvisioningSucceeded", "Successfully provisioned volume " + volume(claim)));
        } catch (ApiException e) {
            if (!e.exists()) {
                throw e;
            }
        }
    }

    private void reclaim(Key key) throws IOException, InterruptedException {
        var found = volumes.find(key).filter(volume -> volume.path("spec").has("claimRef"));
        if (found.isEmpty()) {
            return;
        }
        var volume = found.get();
        var reference = volume.path("spec").path("claimRef");
        var claim = claims.find(new Key(Json.text(reference, "namespace"), Json.text(reference, "name")));
        if (claim.filter(known -> Meta.uid(known).equals(Json.text(reference, "uid")))
                .isPresent()) {
            return;
        }
        if (Json.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
            cluster.delete(Kind.VOLUME, volume);
            return;
        }
        cluster.status(Kind.VOLUME, volume, Json.object("phase", "Released"));
    }
}
