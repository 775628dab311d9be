package io.btp.installer.engine;

import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.Home;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A home in memory. */
final class FakeHome implements Home {
    private boolean made;
    private int version;
    private Optional<Document> record = Optional.empty();
    private Optional<Document> lease = Optional.empty();
    private boolean losesAnswer;

    /** The next write of a document is done, and its answer gets lost. */
    synchronized void loseAnswer() {
        losesAnswer = true;
    }

    private synchronized Optional<String> answered(Optional<Document> written) {
        if (losesAnswer) {
            losesAnswer = false;
            throw new ProviderException(
                    Problem.of(Problem.Reason.UNREACHABLE, "The connection was cut", "Mend the connection"));
        }
        return written.map(Document::version);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public synchronized boolean exists() {
        return made;
    }

    @Override
    public synchronized void make() {
        made = true;
    }

    @Override
    public synchronized Optional<Document> record() {
        return record;
    }

    @Override
    public synchronized Optional<String> writeRecord(Map<String, String> data, Optional<String> known) {
        if (!record.map(Document::version).equals(known)) {
            return Optional.empty();
        }
        record = Optional.of(new Document(data, Integer.toString(++version)));
        return answered(record);
    }

    @Override
    public synchronized Optional<Document> lease() {
        return lease;
    }

    @Override
    public synchronized Optional<String> writeLease(Map<String, String> data, Optional<String> known) {
        if (!lease.map(Document::version).equals(known)) {
            return Optional.empty();
        }
        lease = Optional.of(new Document(data, Integer.toString(++version)));
        return answered(lease);
    }

    @Override
    public Set<String> owners() {
        return Set.of();
    }

    @Override
    public List<String> owned() {
        return List.of();
    }

    @Override
    public synchronized Optional<Problem> remaining() {
        return made
                ? Optional.of(Problem.of(Problem.Reason.NOT_READY, "The home is there", "Remove it"))
                : Optional.empty();
    }

    @Override
    public synchronized void dissolve() {
        made = false;
        record = Optional.empty();
        lease = Optional.empty();
    }
}
