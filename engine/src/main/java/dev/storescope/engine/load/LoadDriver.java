package dev.storescope.engine.load;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/// Puts the messages of a [LoadSpec] into a store, until told to stop or a limit is reached.
///
/// Latency is counted from the moment at which a message was to be sent: in an open loop from the pacing's moment, so
/// that a stall shows in every message that it held up; in a closed loop from the call of the put.
///
/// A load is started once. Threads: any; nothing blocks but [#stop()] and [#awaitEnd(long)].
public final class LoadDriver implements AutoCloseable {
    /// How often the disk's room and the log's length are looked at.
    private static final long CHECK_INTERVAL_NS = 100_000_000;
    private static final String NAME = "load";
    /// Ends the producers of one spec to make room for those of the next.
    private static final LoadEnd UPDATED = new LoadEnd.Stopped();

    private final MessageStore store;
    private final StoreEnvironment environment;
    private final AckListener listener;
    private final LatencyRecorder latency;
    private final Wakeup wakeup;
    private final Tally[] tallies = new Tally[LoadSpec.MAX_PRODUCERS];
    private final AtomicReference<LoadSpec> nextSpec = new AtomicReference<>();
    // Written by whoever stops the load, read by any.
    private volatile boolean stopRequested;
    // The rest is written by the load's own thread (before the start by the starter) and read by any.
    private volatile LoadSpec spec;
    private volatile LoadRun run;
    private volatile LoadEnd end;
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile long dueBefore;
    private StoreThread thread;

    public LoadDriver(MessageStore store, StoreEnvironment environment, LoadSpec spec) {
        this(store, environment, spec, AckListener.NONE);
    }

    public LoadDriver(MessageStore store, StoreEnvironment environment, LoadSpec spec, AckListener listener) {
        this.store = store;
        this.environment = environment;
        this.spec = spec;
        this.listener = listener;
        latency = new LatencyRecorder(environment);
        wakeup = environment.newWakeup(NAME);
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = new Tally();
        }
    }

    public void start() {
        if (thread != null) {
            throw new IllegalStateException("load: expected to be started once, found it " + state());
        }
        startNanos = environment.nanoTime();
        run = newRun(spec);
        if (stopRequested) {
            run.end(new LoadEnd.Stopped());
        }
        thread = environment.start(NAME, this::superviseToTheEnd);
    }

    /// Sends nothing more and returns at once; what is under way is finished. A load that is not started yet sends nothing
    /// when it is.
    public void requestStop() {
        // The flag first: a run that begins, or takes the place of the one that is told below, finds it.
        stopRequested = true;
        LoadRun current = run;
        if (current != null) {
            current.end(new LoadEnd.Stopped());
            wakeup.signal();
        }
    }

    /// Sends nothing more, and waits until the puts under way are answered.
    public void stop() {
        requestStop();
        awaitEnd(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        stop();
    }

    /// @return false when `timeoutNs` passed before the end
    public boolean awaitEnd(long timeoutNs) {
        return thread == null || thread.join(timeoutNs);
    }

    /// Sends so many messages more, now; in an open loop they are due at this moment.
    public void burst(int messages) {
        LoadSpec.check("burst", 1, 10_000_000, "messages", messages);
        LoadRun current = run;
        if (current != null) {
            current.burst(messages);
        }
    }

    /// Goes on with another spec: the producers end and new ones start, which count on. Returns at once.
    public void update(LoadSpec spec) {
        // Read before: a run that already has the new spec must not be ended for it.
        LoadRun current = run;
        nextSpec.set(spec);
        if (current != null) {
            current.end(UPDATED);
            wakeup.signal();
        }
    }

    public LoadState state() {
        return stateAt(run, end);
    }

    private LoadState stateAt(LoadRun current, LoadEnd ended) {
        if (ended != null) {
            return LoadState.ENDED;
        }
        if (current == null) {
            return LoadState.READY;
        }
        return stopRequested ? LoadState.STOPPING : LoadState.RUNNING;
    }

    public LoadSnapshot snapshot() {
        LoadRun current = run;
        LoadEnd ended = end;
        // Of the same look: one that has ended says why.
        LoadState state = stateAt(current, ended);
        long now = ended == null ? environment.nanoTime() : endNanos;
        LoadSpec currentSpec = spec;
        if (current == null) {
            return new LoadSnapshot(state, currentSpec, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, OptionalDouble.empty(),
                    Optional.empty());
        }
        long due = dueBefore + current.dueBy(now);
        Map<PutMessageStatus, Long> byStatus = new EnumMap<>(PutMessageStatus.class);
        Totals totals = totals(byStatus);
        boolean dueIsDone = ended != null || currentSpec.pacing() instanceof Pacing.ClosedLoop;
        long dueOrDone = dueIsDone
                ? totals.done()
                : Math.max(totals.done(), Math.min(due, currentSpec.limits().messages()));
        return new LoadSnapshot(state, currentSpec, now - startNanos, current.activeProducers(), dueOrDone,
                totals.sent, byStatus, totals.missed, totals.late, totals.puts, totals.bodyBytes, totals.recordBytes,
                ended == null ? current.schedule().rateAt(now - current.startNanos()) : OptionalDouble.empty(),
                Optional.ofNullable(ended));
    }

    /// Latencies in nanoseconds since the previous call, one for each put; of the caller's own.
    public Histogram takeIntervalLatency() {
        return latency.takeInterval();
    }

    /// Latencies in nanoseconds since the start, one for each put; of the caller's own.
    public Histogram totalLatency() {
        return latency.total();
    }

    private void superviseToTheEnd() {
        try {
            supervise();
        } catch (RuntimeException | VirtualMachineError e) {
            // No memory for the bodies, no room for the threads: a load that died of it would seem to run for ever.
            LoadEnd failure = run.failed(NAME, e);
            run.join();
            finish(failure);
        }
    }

    private void supervise() {
        while (true) {
            LoadRun current = run;
            if (isRoomLeft(current)) {
                superviseOnce(current);
            }
            LoadSpec next = nextSpec.getAndSet(null);
            if (current.end() != UPDATED || next == null) {
                finish(current.end());
                return;
            }
            dueBefore = totals(new EnumMap<>(PutMessageStatus.class)).done();
            spec = next;
            run = newRun(next);
            if (stopRequested) {
                run.end(new LoadEnd.Stopped());
            }
        }
    }

    private LoadRun newRun(LoadSpec runSpec) {
        // Half of all longs ahead is for ever: a difference of times must not overflow.
        long durationNs = Math.min(runSpec.limits().durationNs(), Long.MAX_VALUE / 2);
        return new LoadRun(store, environment, runSpec, startNanos + durationNs, wakeup);
    }

    private void superviseOnce(LoadRun current) {
        long limit = current.spec().limits().messages();
        long sent = totals(new EnumMap<>(PutMessageStatus.class)).sent;
        current.start(tallies, limit == LoadLimits.NONE ? limit : Math.max(0, limit - sent), latency, listener);
        while (current.activeProducers() > 0) {
            wakeup.await(CHECK_INTERVAL_NS);
            if (nextSpec.get() != null) {
                current.end(UPDATED);
            }
            isRoomLeft(current);
        }
        current.join();
    }

    private void finish(LoadEnd reason) {
        endNanos = environment.nanoTime();
        end = reason;
    }

    /// Ends the run when there is no room left, and says so.
    private boolean isRoomLeft(LoadRun current) {
        LoadLimits limits = current.spec().limits();
        long minOffset = store.getMinPhyOffset();
        current.limitOffset(limits.logBytes() > Long.MAX_VALUE - minOffset
                ? Long.MAX_VALUE
                : minOffset + limits.logBytes());
        current.stored(store.getMaxPhyOffset());
        Path directory = store.config().storePathRootDir();
        try {
            Disk.Space space = environment.disk().space(directory);
            if (1 - space.usedRatio() < limits.minFreeDiskRatio()) {
                current.end(new LoadEnd.DiskNearlyFull(directory, 1 - space.usedRatio(), space.usableBytes(),
                        limits.minFreeDiskRatio()));
            }
        } catch (IOException e) {
            current.end(new LoadEnd.DiskSpaceUnknown(directory, e.getMessage()));
        }
        return !current.isEnding();
    }

    private Totals totals(Map<PutMessageStatus, Long> byStatus) {
        Totals totals = new Totals();
        for (Tally tally : tallies) {
            totals.add(tally, byStatus);
        }
        return totals;
    }

    /// Sums over all producers.
    private static final class Totals {
        private long sent;
        private long missed;
        private long late;
        private long puts;
        private long bodyBytes;
        private long recordBytes;

        private void add(Tally tally, Map<PutMessageStatus, Long> byStatus) {
            for (PutMessageStatus status : PutMessageStatus.values()) {
                long messages = tally.sent(status);
                sent += messages;
                if (messages > 0) {
                    byStatus.merge(status, messages, Long::sum);
                }
            }
            missed += tally.missed();
            late += tally.late();
            puts += tally.puts();
            bodyBytes += tally.bodyBytes();
            recordBytes += tally.recordBytes();
        }

        private long done() {
            return sent + missed;
        }
    }
}
