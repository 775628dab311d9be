package io.btp.installer.plugin.byo;

import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster that holds these objects; what is not there is to be made. */
record FakeKubernetes(List<Map<String, Object>> objects) implements Kubernetes {
    @Override
    public Optional<Map<String, Object>> find(ObjectRef ref) {
        return objects.stream()
                .filter(object -> ObjectRef.to(object).equals(ref))
                .findFirst();
    }

    @Override
    public List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> labels) {
        return objects.stream()
                .filter(object -> apiVersion.equals(object.get("apiVersion")) && kind.equals(object.get("kind")))
                .filter(object -> namespace.isEmpty() || namespace.get().equals(Tree.namespace(object)))
                .filter(object -> labels.entrySet().stream()
                        .allMatch(label -> Tree.text(object, "metadata", "labels", label.getKey())
                                .equals(Optional.of(label.getValue()))))
                .toList();
    }

    @Override
    public boolean serves(String groupVersion) {
        return true;
    }

    @Override
    public List<Step> steps(List<Map<String, Object>> manifests) {
        return manifests.stream()
                .map(ObjectRef::to)
                .filter(ref -> find(ref).isEmpty())
                .map(ref -> Step.create(ref.toString(), progress -> {}))
                .toList();
    }

    @Override
    public List<Step> ready(ObjectRef ref) {
        return List.of();
    }

    @Override
    public List<Step> removal(List<ObjectRef> refs) {
        return refs.stream()
                .filter(ref -> find(ref).isPresent())
                .map(ref -> Step.delete(ref.toString(), progress -> {}))
                .toList();
    }
}
