package io.btp.installer.host.helm;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.Order.Operation;
import io.btp.installer.host.kubernetes.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Removes one release with all that it made, but for claims for storage and what the chart says to keep. Helm is needed only for hooks that
 * run when a release goes; all else it would do is to delete the objects of the manifest in the opposite order.
 */
final class ReleaseRemoval {
    private static final Duration LONGEST_HOOK = Duration.ofMinutes(10);
    private static final Duration USUAL = Duration.ofMinutes(2);
    private static final Set<String> NEVER = Set.of("PersistentVolumeClaim");
    private static final Set<String> NEVER_OF_HOOKS =
            Set.of("PersistentVolumeClaim", "Namespace", "CustomResourceDefinition");

    // Helm cannot remove what the cluster serves no more, nor a release that went meanwhile: the rest is ours to do.
    private static final Pattern OURS_TO_DO = Pattern.compile(
            "release: not found|no matches for kind|already deleted|unable to build kubernetes objects");

    private final Site site;
    private final Workers workers;
    private final Releases releases;
    private final String namespace;
    private final String name;

    ReleaseRemoval(Site site, Workers workers, String namespace, String name) {
        this.site = site;
        this.workers = workers;
        this.releases = new Releases(site.client(), namespace, name);
        this.namespace = namespace;
        this.name = name;
    }

    /** Removes it and waits until it is gone; returns quietly where there is nothing of it. */
    void run(Progress progress) throws InterruptedException {
        workers.requirePermit();
        var history = releases.history();
        if (history.isEmpty()) {
            return;
        }
        var objects = objects(history);
        var hooks = hooks(history);
        if (needsHelm(history)) {
            keepClaims(history.getLast());
            progress.say("helm uninstall " + name);
            uninstall();
        } else {
            progress.say("delete what release " + name + " made");
            releases.leave(history.getLast());
        }
        var left = left(objects, made(history.getLast()));
        for (var ref : left.reversed()) {
            site.client().delete(ref);
        }
        for (var ref : hooks) {
            site.client().delete(ref);
        }
        var all = new ArrayList<>(left);
        all.addAll(hooks);
        progress.until(USUAL, () -> remaining(all));
        for (var revision : releases.history()) {
            releases.delete(revision, progress);
        }
    }

    /** Tells whether anything runs when the release goes. */
    static boolean needsHelm(List<StoredRelease> history) {
        return history.getLast().hooksInto("pre-delete") || history.getLast().hooksInto("post-delete");
    }

    /** Gives the objects that are there, or still there; what is gone is not asked for again. */
    private List<ObjectRef> left(List<ObjectRef> objects, Set<ObjectRef> made) throws InterruptedException {
        return new Drift(site.client())
                .live(objects).entrySet().stream()
                        .filter(object -> object.getValue()
                                .filter(live -> Rendered.isOf(live, namespace, name)
                                        || made.contains(object.getKey()) && !Rendered.isOfSome(live))
                                .isPresent())
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** Gives the objects of a revision that was in force: Helm had made them, whether they still say so or not. */
    private Set<ObjectRef> made(StoredRelease newest) throws InterruptedException {
        return switch (newest.status()) {
            case DEPLOYED, UNINSTALLING ->
                Rendered.of(newest.manifest(), namespace, site.client())
                        .objects()
                        .keySet();
            case SUPERSEDED, FAILED, PENDING, UNINSTALLED, UNKNOWN -> Set.of();
        };
    }

    private List<ObjectRef> objects(List<StoredRelease> history) throws InterruptedException {
        var objects = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        for (var revision : history) {
            switch (revision.status()) {
                case SUPERSEDED -> {
                    // What later revisions dropped, Helm has removed.
                }
                case DEPLOYED, FAILED, PENDING, UNINSTALLING, UNINSTALLED, UNKNOWN ->
                    objects.putAll(Rendered.of(revision.manifest(), namespace, site.client())
                            .objects());
            }
        }
        return objects.entrySet().stream()
                .filter(object -> !Rendered.isKept(object.getValue()))
                .map(Map.Entry::getKey)
                .filter(ref -> !NEVER.contains(ref.kind()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Helm leaves what its hooks made. */
    private List<ObjectRef> hooks(List<StoredRelease> history) throws InterruptedException {
        var hooks = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        for (var revision : history) {
            for (var hook : revision.hooks()) {
                hooks.putAll(Rendered.hooks(hook, namespace, site.client()).objects());
            }
        }
        return hooks.entrySet().stream()
                .filter(hook -> !Rendered.isKept(hook.getValue()))
                .map(Map.Entry::getKey)
                .filter(ref -> !NEVER_OF_HOOKS.contains(ref.kind()))
                .toList();
    }

    /** Helm removes claims that a chart makes itself, with the data: it is told to keep them. */
    private void keepClaims(StoredRelease newest) throws InterruptedException {
        var objects = Yaml.objects(newest.manifest());
        var claims = objects.stream().anyMatch(object -> isClaim(object) && !Rendered.isKept(object));
        if (!claims) {
            return;
        }
        var manifest = objects.stream()
                .map(object -> isClaim(object) ? Rendered.kept(object) : object)
                .map(ReleaseCodec::json)
                .collect(Collectors.joining("\n---\n", "---\n", "\n"));
        releases.rewrite(newest, content -> Fields.with(content, "manifest", manifest));
    }

    private static boolean isClaim(Map<String, Object> object) {
        return NEVER.contains(String.valueOf(object.get("kind")));
    }

    private void uninstall() throws InterruptedException {
        var order = new Order(
                Operation.UNINSTALL,
                namespace,
                name,
                "",
                Map.of(),
                Optional.of(site.kubeconfig()),
                Optional.empty(),
                "",
                (int) LONGEST_HOOK.toSeconds());
        try {
            workers.change(order, Confidential.none());
        } catch (ProviderException refused) {
            var words = refused.problem().summary() + " "
                    + String.join(" ", refused.problem().evidence());
            if (!OURS_TO_DO.matcher(words).find()) {
                throw refused;
            }
        }
    }

    private Optional<Problem> remaining(List<ObjectRef> refs) throws InterruptedException {
        for (var ref : refs) {
            var remaining = site.client().remaining(ref);
            if (remaining.isPresent()) {
                return remaining;
            }
        }
        return Optional.empty();
    }
}
