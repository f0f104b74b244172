package dev.storescope.engine.torture;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.world.EventWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What holds at every moment of a store's life, looked at with each event: the order of the pointers; that no pointer is
/// ahead of the platter; under sync flush that nothing is dispatched, and nothing answered, before it is there; that each
/// buffer of the pool is either free or lent; that who waits for a force is not forgotten.
///
/// The platter is asked itself, not the events: a store that tells of a force without one is found out.
///
/// Threads: those of the world, one at a time.
final class Invariants implements EventWatcher {
    /// A snapshot takes about as long as some hundred events.
    private static final int EVENTS_PER_SNAPSHOT = 64;
    /// A woken service goes on within this time, however many others run first; half of the idle wait that ends a
    /// forgotten one (`GroupCommitService` waits for 10 ms).
    private static final long MOST_WAKE_UP_NS = 5_000_000;
    private static final String GROUP_COMMIT = "GroupCommitService";
    private static final int MOST_VIOLATIONS = 8;
    private static final int PUT_OK = PutMessageStatus.PUT_OK.ordinal();

    private final Simulation simulation;
    private final Disturbances disturbances;
    private final List<Violation> violations = new ArrayList<>();
    /// Up to here the platter was seen to have what the page cache has, in this life.
    private long onPlatter = -1;
    private boolean groupCommitWaits;
    /// Since when a put waits though the service idles; -1 for none.
    private long neglectedSinceNanos = -1;
    private int events;

    Invariants(Simulation simulation, Disturbances disturbances) {
        this.simulation = simulation;
        this.disturbances = disturbances;
    }

    List<Violation> violations() {
        return violations;
    }

    void violated(String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(new Violation(simulation.steps(), what));
        }
    }

    /// A new life begins.
    void restart() {
        onPlatter = -1;
        groupCommitWaits = false;
        neglectedSinceNanos = -1;
    }

    @Override
    public boolean stopsAt(String thread, ProbePoint point, long a, long b, long c) {
        switch (point) {
            case PUT_END -> answered(a, b);
            case DISPATCHED -> dispatched(a + b);
            case FLUSH_REQUESTED -> {
                if (groupCommitWaits && neglectedSinceNanos < 0) {
                    neglectedSinceNanos = simulation.nanos();
                }
            }
            case SERVICE_WAITING -> serviceWaits(thread, true);
            case SERVICE_RUNNING -> serviceWaits(thread, false);
            default -> {
                // others have no rule of their own
            }
        }
        if (events++ % EVENTS_PER_SNAPSHOT == 0) {
            look();
        }
        return false;
    }

    private void serviceWaits(String thread, boolean waits) {
        if (!thread.equals(GROUP_COMMIT)) {
            return;
        }
        if (!waits && neglectedSinceNanos >= 0) {
            long neglectedNs = simulation.nanos() - neglectedSinceNanos;
            if (neglectedNs > MOST_WAKE_UP_NS && !disturbances.since(neglectedSinceNanos)) {
                violated(
                        "a put waited for %,d ns beside an idle GroupCommitService: expected it to be woken within %,d ns"
                                .formatted(neglectedNs, MOST_WAKE_UP_NS));
            }
        }
        groupCommitWaits = waits;
        neglectedSinceNanos = -1;
    }

    /// Only of a put that waits for its force: the load says whether it does.
    private void answered(long nextOffset, long status) {
        if (status == PUT_OK && isSync() && waitsForForce()) {
            requireOnPlatter(nextOffset, "a put was answered with PUT_OK, its record ends at %d");
        }
    }

    private void dispatched(long endOffset) {
        if (isSync() && simulation.phase() == Phase.RUNNING) {
            requireOnPlatter(endOffset, "a record was dispatched under sync flush, it ends at %d");
        }
    }

    private boolean isSync() {
        return config().flushDiskType() == FlushDiskType.SYNC_FLUSH;
    }

    private boolean waitsForForce() {
        return simulation.loads().stream().allMatch(load -> load.spec().waitStoreMsgOk());
    }

    private MessageStoreConfig config() {
        return simulation.config();
    }

    /// Looks at the store as a whole.
    void look() {
        if (simulation.phase() != Phase.RUNNING) {
            return;
        }
        StoreSnapshot snapshot = simulation.snapshot().orElseThrow();
        LogPositions log = snapshot.log();
        if (log.acknowledged().offset() > log.flushed().offset() || log.flushed().offset() > log.committed().offset()
                || log.committed().offset() > log.wrote().offset()) {
            violated("expected acknowledged ≤ flushed ≤ committed ≤ wrote, found %d, %d, %d, %d".formatted(
                    log.acknowledged().offset(), log.flushed().offset(), log.committed().offset(),
                    log.wrote().offset()));
        }
        requireOnPlatter(log.flushed().offset(), "flushed is %d");
        PoolSnapshot pool = snapshot.pool();
        if (pool.free() + pool.lentTo().size() != pool.buffers()) {
            violated("transient store pool: expected free and lent buffers to be %d, found %d free and %d lent"
                    .formatted(pool.buffers(), pool.free(), pool.lentTo().size()));
        }
    }

    private void requireOnPlatter(long offset, String of) {
        long fileBytes = config().mappedFileSizeCommitLog();
        if (onPlatter < 0) {
            onPlatter = simulation.snapshot().map(it -> it.log().minOffset()).orElse(offset);
        }
        while (onPlatter < offset) {
            long fileFrom = onPlatter / fileBytes * fileBytes;
            long to = Math.min(offset, fileFrom + fileBytes);
            Path file = config().storePathCommitLog().resolve("%020d".formatted(fileFrom));
            if (!simulation.world().disk().isOnPlatter(file, onPlatter - fileFrom, to - onPlatter)) {
                violated((of + ": expected the platter to have it, found it without bytes of %d to %d")
                        .formatted(offset, onPlatter, to));
                return;
            }
            onPlatter = to;
        }
    }
}
