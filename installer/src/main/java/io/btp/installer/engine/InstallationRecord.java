package io.btp.installer.engine;

import io.btp.installer.api.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an installation: the last answers, with references to secrets only, what the components resulted in,
 * and the journal of the last runs. Never a secret, never the state of a resource.
 *
 * @param installation its name
 * @param program version of the program that wrote it last
 * @param clusterUid identity of the cluster that it is pinned to; empty while there is no cluster
 * @param answers canonical text of the answers
 * @param components who fills or filled them; after a change of mode, until the old one is gone, a component has two
 * @param runs the last runs, newest last
 */
public record InstallationRecord(
        String installation,
        String program,
        String clusterUid,
        String answers,
        List<Entry> components,
        List<Run> runs) {
    /** Version of this record's form. */
    public static final int FORM = 2;

    private static final int RUNS = 20;

    /**
     * What one component resulted in.
     *
     * @param component id of the component
     * @param provider id of its provider
     * @param pinned the versions that it was first installed in, or that the last upgrade brought it to
     * @param moving the versions that an upgrade was bringing it to when it was last heard of
     * @param converged whether it has converged since it was chosen
     * @param digest of the third-party plugin that its provider came from
     */
    public record Entry(
            String component,
            String provider,
            Versions pinned,
            Optional<Versions> moving,
            boolean converged,
            Optional<String> digest) {
        /** Gives the versions that it is in, or on its way to. */
        Versions inForce() {
            return moving.orElse(pinned);
        }

        /** Gives it with these versions, on its way to none. */
        Entry at(Versions versions) {
            return new Entry(component, provider, versions, Optional.empty(), converged, digest);
        }

        /** Gives it on its way to these versions. */
        Entry movingTo(Versions target) {
            return new Entry(component, provider, pinned, Optional.of(target), converged, digest);
        }

        boolean isOf(Provider<?, ?> candidate) {
            return component.equals(Node.id(candidate))
                    && provider.equals(candidate.description().id());
        }
    }

    /**
     * One run.
     *
     * @param id in events, logs and the lease
     * @param command what was asked for
     * @param began when
     * @param ended when; the beginning while it runs, or when it was killed
     * @param outcome exit code, or -1 while it runs or when it was killed
     * @param who user and machine; empty where it was not noted
     * @param skipped reasons of the checks that were skipped, by id
     */
    public record Run(
            String id,
            String command,
            Instant began,
            Instant ended,
            int outcome,
            Optional<String> who,
            Optional<Map<String, String>> skipped) {}

    /** Copies the collections. */
    public InstallationRecord {
        components = List.copyOf(components);
        runs = List.copyOf(runs);
    }

    /** Finds what was noted of a provider's component. */
    Optional<Entry> entry(Provider<?, ?> provider) {
        return components.stream().filter(entry -> entry.isOf(provider)).findFirst();
    }

    /** Notes a component, in place of what was noted of it and its provider before. */
    InstallationRecord with(Entry entry) {
        var changed = new ArrayList<>(components);
        changed.removeIf(other ->
                other.component().equals(entry.component()) && other.provider().equals(entry.provider()));
        changed.add(entry);
        return new InstallationRecord(installation, program, clusterUid, answers, changed, runs);
    }

    /** Forgets a provider's component. */
    InstallationRecord without(Provider<?, ?> provider) {
        var changed = new ArrayList<>(components);
        changed.removeIf(entry -> entry.isOf(provider));
        return new InstallationRecord(installation, program, clusterUid, answers, changed, runs);
    }

    /** Tells whether the last run has come to an end, whichever. */
    boolean isAtRest() {
        return runs.isEmpty() || runs.getLast().outcome() >= ExitCode.DONE;
    }

    /** Notes a run, in place of what was noted of it before. */
    public InstallationRecord with(Run run) {
        var changed = new ArrayList<>(runs);
        changed.removeIf(other -> other.id().equals(run.id()));
        changed.add(run);
        var last = changed.subList(Math.max(0, changed.size() - RUNS), changed.size());
        return new InstallationRecord(installation, program, clusterUid, answers, components, last);
    }

    /** Notes the answers of a run, the program and the cluster. */
    public InstallationRecord with(String newAnswers, String newProgram, String newClusterUid) {
        return new InstallationRecord(installation, newProgram, newClusterUid, newAnswers, components, runs);
    }
}
