package io.btp.installer.host.helm;

import java.util.List;
import java.util.Optional;

/** Where a release stands, read from its history. */
sealed interface ReleaseState {
    /** There is nothing of it. */
    record Absent() implements ReleaseState {}

    /** A first install did not come to its end. */
    record HalfMade(List<StoredRelease> revisions) implements ReleaseState {
        StoredRelease newest() {
            return revisions.getLast();
        }
    }

    /** It is in force. */
    record Deployed(StoredRelease revision) implements ReleaseState {}

    /** It was in force, and an upgrade did not come to its end. */
    record Interrupted(Optional<StoredRelease> inForce, StoredRelease newest) implements ReleaseState {}

    /** A removal did not come to its end. */
    record HalfGone(List<StoredRelease> revisions) implements ReleaseState {}

    /** Gives the revision in force, if there is one. */
    default Optional<StoredRelease> inForce() {
        return switch (this) {
            case Deployed(var revision) -> Optional.of(revision);
            case Interrupted(var revision, var newest) -> revision;
            case Absent ignored -> Optional.empty();
            case HalfMade ignored -> Optional.empty();
            case HalfGone ignored -> Optional.empty();
        };
    }

    /** Reads a history, oldest revision first. */
    static ReleaseState of(List<StoredRelease> history) {
        if (history.isEmpty()) {
            return new Absent();
        }
        var newest = history.getLast();
        var inForce = history.reversed().stream()
                .filter(revision -> revision.status() == StoredRelease.Status.DEPLOYED)
                .findFirst();
        var everInForce = inForce.isPresent()
                || history.stream().anyMatch(revision -> revision.status() == StoredRelease.Status.SUPERSEDED);
        return switch (newest.status()) {
            case DEPLOYED -> new Deployed(newest);
            case UNINSTALLING, UNINSTALLED -> new HalfGone(history);
            case PENDING, FAILED, SUPERSEDED, UNKNOWN ->
                everInForce ? new Interrupted(inForce, newest) : new HalfMade(history);
        };
    }
}
