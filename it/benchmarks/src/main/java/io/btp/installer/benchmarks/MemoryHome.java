package io.btp.installer.benchmarks;

import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import io.btp.installer.host.Home;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A home in memory, which costs nothing. */
final class MemoryHome implements Home {
    private boolean made;
    private int version;
    private Optional<Document> record = Optional.empty();
    private Optional<Document> lease = Optional.empty();

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
        return record.map(Document::version);
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
        return lease.map(Document::version);
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
