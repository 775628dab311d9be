package io.btp.installer.host.helm;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The claim templates of a StatefulSet against the claims that are there: those keep what they were made with. */
final class ClaimTemplates {
    private static final List<String[]> KEPT = List.of(
            new String[] {"spec", "resources", "requests", "storage"}, new String[] {"spec", "storageClassName"});

    private ClaimTemplates() {}

    /** Says which claim a StatefulSet that is made anew would take up as it is, though its template says otherwise. */
    static Optional<Problem> refused(ObjectRef ref, Map<String, Object> manifest, ClusterClient client)
            throws InterruptedException {
        var templates = Fields.maps(manifest, "spec", "volumeClaimTemplates");
        if (!ref.kind().equals("StatefulSet") || templates.isEmpty()) {
            return Optional.empty();
        }
        var claims = client.list("v1", "PersistentVolumeClaim", ref.namespace(), Map.of());
        for (var template : templates) {
            var name = Fields.text(template, "metadata", "name").orElse("");
            var pattern = Pattern.compile(Pattern.quote(name + "-" + ref.name()) + "-\\d+");
            for (var claim : claims) {
                var taken = pattern.matcher(
                                Fields.text(claim, "metadata", "name").orElse(""))
                        .matches();
                var problem = taken ? difference(ref, template, claim) : Optional.<Problem>empty();
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> difference(
            ObjectRef ref, Map<String, Object> template, Map<String, Object> claim) {
        for (var path : KEPT) {
            var wanted = Fields.text(template, path);
            var live = Fields.text(claim, path);
            if (wanted.isPresent() && live.isPresent() && !wanted.equals(live)) {
                return Optional.of(Problem.of(
                        Problem.Reason.CONFLICT,
                        "%s has %s %s, and %s wants %s: claims keep what they were made with"
                                .formatted(ObjectRef.to(claim), String.join(".", path), live.get(), ref, wanted.get()),
                        "Keep the old value; a larger size works once the claims were grown by hand"));
            }
        }
        return Optional.empty();
    }
}
