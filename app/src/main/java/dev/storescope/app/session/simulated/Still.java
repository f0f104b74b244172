package dev.storescope.app.session.simulated;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.CutPages;
import dev.storescope.engine.sim.disk.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen of a run at one of its steps, without the run: kept, so that going back shows it at once.
///
/// @param steps how many scheduling points the run had passed
/// @param nanos its clock
/// @param stepsBefore at how many it had stood one step before; [#UNKNOWN] when that was not seen
/// @param events how many had been told
/// @param consumer of the store; nothing before one was started
/// @param lastSeen of a store that has died, when it was the last one that there was
/// @param cutPages what a power cut before it had taken
/// @param busyUntil when each thread that does something which takes time will be done with it
/// @param bytes what it takes in memory beyond what it shares with the one before, about
record Still(long steps, long nanos, long stepsBefore, Phase phase, Optional<Crash> lastCrash,
        MessageStoreConfig config, String failure, Optional<StoreSnapshot> snapshot, Optional<LoadSnapshot> load,
        Optional<ConsumeSnapshot> consumer, List<Fault> faults, long usedBytes, long events,
        Optional<StoreSnapshot> lastSeen, Optional<CutPages> cutPages,
        Map<String, Long> busyUntil, long bytes) {
    static final long UNKNOWN = -1;
    /// Of the parts that change with each step, or are small.
    private static final long BASE_BYTES = 2_500;
    private static final long PART_BYTES = 88;
    private static final long REFERENCE_BYTES = 4;

    /// Of a run as it stands.
    ///
    /// @param before another one, of a moment near to it, whose equal parts it shares
    static Still of(Simulation now, long stepsBefore, Optional<Still> before) {
        Optional<LoadDriver> driver = now.loadDrivers().isEmpty()
                ? Optional.empty()
                : Optional.of(now.loadDrivers().getLast());
        var sharing = new Sharing();
        Optional<StoreSnapshot> snapshot = now.phase() == Phase.RUNNING ? now.snapshot() : Optional.empty();
        Optional<StoreSnapshot> shared = snapshot
                .map(each -> before.flatMap(Still::snapshot).map(other -> sharing.share(each, other)).orElseGet(() -> {
                    sharing.countWhole(each);
                    return each;
                }));
        return new Still(now.steps(), now.nanos(), stepsBefore, now.phase(), now.lastCrash(), now.config(),
                now.failure(), shared, driver.map(LoadDriver::snapshot),
                sharing.consumer(snapshot.flatMap(_ -> now.consumer()).map(ConsumeDriver::snapshot),
                        before.flatMap(Still::consumer)),
                now.faults(), now.world().disk().usedBytes(),
                now.events().size(), now.lastSeen(), now.cutPages(), now.world().busyThreads(),
                BASE_BYTES + sharing.bytes);
    }

    Still withStepsBefore(long step) {
        return new Still(steps, nanos, step, phase, lastCrash, config, failure, snapshot, load, consumer, faults,
                usedBytes,
                events, lastSeen, cutPages, busyUntil, bytes);
    }

    /// Parts of two snapshots that are equal need to be kept once: most of a store does not change from step to step.
    private static final class Sharing {
        private long bytes;

        StoreSnapshot share(StoreSnapshot now, StoreSnapshot other) {
            return new StoreSnapshot(now.takenAtNanos(), now.takenAtMillis(), now.config(), now.state(),
                    now.notWriteable(), now.log(), list(now.files(), other.files()), now.allocator(), now.pool(),
                    flush(now.flush(), other.flush()), now.putLock(), now.counters(),
                    dispatch(now.dispatch(), other.dispatch()), now.retention(), now.runningFlags(),
                    list(now.services(), other.services()), now.recovery(), now.proof());
        }

        private StoreSnapshot.FlushSnapshot flush(StoreSnapshot.FlushSnapshot now, StoreSnapshot.FlushSnapshot other) {
            return new StoreSnapshot.FlushSnapshot(now.requestsWrite(), now.requestsRead(), now.forceStartedNanos(),
                    now.forceFromOffset(), now.forceToOffset(), list(now.forces(), other.forces()),
                    list(now.lastBatches(), other.lastBatches()), now.realTime(), now.commit());
        }

        private StoreSnapshot.DispatchSnapshot dispatch(StoreSnapshot.DispatchSnapshot now,
                StoreSnapshot.DispatchSnapshot other) {
            return new StoreSnapshot.DispatchSnapshot(now.reputFromOffset(), now.behindBytes(), now.records(),
                    now.gaps(), now.limit(), now.queueCount(), now.entries(), list(now.queues(), other.queues()),
                    now.shown(), list(now.topics(), other.topics()), now.index());
        }

        Optional<ConsumeSnapshot> consumer(Optional<ConsumeSnapshot> now, Optional<ConsumeSnapshot> other) {
            if (now.equals(other)) {
                return other;
            }
            now.ifPresent(each -> bytes += PART_BYTES * (1 + each.queues().size())
                    + REFERENCE_BYTES * each.lastMessages().size());
            return now;
        }

        void countWhole(StoreSnapshot now) {
            bytes += (PART_BYTES + REFERENCE_BYTES)
                    * (now.files().size() + now.services().size() + now.flush().forces().size()
                            + now.flush().lastBatches().size() + now.dispatch().queues().size());
        }

        private <T> List<T> list(List<T> now, List<T> other) {
            if (now.equals(other)) {
                return other;
            }
            List<T> shared = new ArrayList<>(now.size());
            for (int i = 0; i < now.size(); i++) {
                T part = now.get(i);
                boolean isSame = i < other.size() && part.equals(other.get(i));
                shared.add(isSame ? other.get(i) : part);
                bytes += REFERENCE_BYTES + (isSame ? 0 : PART_BYTES);
            }
            return Collections.unmodifiableList(shared);
        }
    }
}
