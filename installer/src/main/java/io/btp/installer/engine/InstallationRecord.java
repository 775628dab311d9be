package io.btp.installer.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of an installation: the last answers, with references to secrets only, what the components resulted in,
 * and the journal of the last runs. Never a secret, never the state of a resource.
 *
 * @param installation its name
 * @param program version of the program that wrote it last
 * @param clusterUid identity of the cluster that it is pinned to; empty while there is no cluster
 * @param answers canonical text of the answers
 * @param components by component: who fills it
 * @param runs the last runs, newest last
 */
public record InstallationRecord(
        String installation,
        String program,
        String clusterUid,
        String answers,
        Map<String, Entry> components,
        List<Run> runs) {
    /** Version of this record's form. */
    public static final int FORM = 1;

    private static final int RUNS = 20;

    /**
     * What one component resulted in.
     *
     * @param provider id of its provider
     * @param chart version of its chart, pinned when it was first installed; empty where there is none
     * @param converged whether it has converged
     */
    public record Entry(String provider, String chart, boolean converged) {}

    /**
     * One run.
     *
     * @param id in events, logs and the lease
     * @param command what was asked for
     * @param began when
     * @param ended when; the beginning while it runs, or when it was killed
     * @param outcome exit code, or -1 while it runs or when it was killed
     */
    public record Run(String id, String command, Instant began, Instant ended, int outcome) {}

    /** Copies the collections. */
    public InstallationRecord {
        components = Map.copyOf(components);
        runs = List.copyOf(runs);
    }

    /** Notes a component. */
    public InstallationRecord with(String component, Entry entry) {
        var changed = new TreeMap<>(components);
        changed.put(component, entry);
        return new InstallationRecord(installation, program, clusterUid, answers, changed, runs);
    }

    /** Forgets a component. */
    public InstallationRecord without(String component) {
        var changed = new TreeMap<>(components);
        changed.remove(component);
        return new InstallationRecord(installation, program, clusterUid, answers, changed, runs);
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
