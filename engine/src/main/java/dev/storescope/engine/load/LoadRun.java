package dev.storescope.engine.load;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// The producers of one spec, from their start to their end. A load whose spec is changed has several, one after the
/// other.
///
/// Threads: [#start()], [#join()] by the load's own thread; the rest by any.
final class LoadRun {
    private static final System.Logger LOG = System.getLogger(LoadRun.class.getName());
    /// Longer than the longest wait of a put, `syncFlushTimeout` at its default.
    private static final long JOIN_TIMEOUT_NS = 60_000_000_000L;

    private final MessageStore store;
    private final StoreEnvironment environment;
    private final LoadSpec spec;
    private final Schedule schedule;
    private final PutMoments[] moments;
    private final long startNanos;
    private final long startMillis;
    private final long deadlineNanos;
    private final List<StoreThread> threads = new ArrayList<>();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicReference<LoadEnd> end = new AtomicReference<>();
    private final Wakeup producerEnded;
    // Written once by the load's own thread before the producers start, read by whoever wakes them.
    private volatile List<Producer> producers = List.of();
    // Written by any thread under compare-and-set, read by all producers.
    private final AtomicReference<Burst[]> bursts = new AtomicReference<>(new Burst[0]);
    // Written by the load's own thread, read by the producers: where the log is too long.
    private volatile long limitOffset = Long.MAX_VALUE;

    /// @param deadlineNanos by the environment's clock, when the time of the load is over
    /// @param producerEnded signalled each time that a producer ends
    LoadRun(MessageStore store, StoreEnvironment environment, LoadSpec spec, long deadlineNanos,
            Wakeup producerEnded) {
        this.store = store;
        this.environment = environment;
        this.spec = spec;
        this.deadlineNanos = deadlineNanos;
        this.producerEnded = producerEnded;
        schedule = Schedule.of(spec.pacing());
        moments = new PutMoments[spec.producers()];
        Arrays.setAll(moments, producer -> new PutMoments(schedule, spec, producer));
        startNanos = environment.nanoTime();
        startMillis = environment.currentTimeMillis();
    }

    /// @param tallies one for each producer, which go on from what they hold
    /// @param messages how many this run may send; [LoadLimits#NONE] for no limit
    void start(Tally[] tallies, long messages, LatencyRecorder latency, AckListener listener) {
        var randomBytes = new MessageSource.RandomBytes(spec);
        List<Producer> made = new ArrayList<>();
        for (int i = 0; i < spec.producers(); i++) {
            made.add(new Producer(this, i, share(messages, i), tallies[i],
                    new MessageSource(spec, i, randomBytes), latency, listener));
        }
        active.set(made.size());
        producers = made;
        try {
            for (Producer producer : producers) {
                threads.add(spec.producers() > LoadSpec.MAX_PLATFORM_PRODUCERS
                        ? environment.startLight(producer.name(), producer)
                        : environment.start(producer.name(), producer));
            }
        } finally {
            // Nothing, unless there is no room for so many threads.
            active.addAndGet(threads.size() - made.size());
        }
    }

    /// Ends all producers after the puts under way; the first reason counts.
    void end(LoadEnd reason) {
        if (end.compareAndSet(null, reason)) {
            producers.forEach(Producer::wakeup);
        }
    }

    boolean isEnding() {
        return end.get() != null;
    }

    /// Why it ended; when each producer has sent its share, that.
    LoadEnd end() {
        LoadEnd known = end.get();
        return known != null ? known : new LoadEnd.MessagesSent(spec.limits().messages());
    }

    void join() {
        for (StoreThread thread : threads) {
            if (!thread.join(JOIN_TIMEOUT_NS)) {
                LOG.log(Level.WARNING, "{0} still waits for its put after 60 s", thread.name());
            }
        }
    }

    int activeProducers() {
        return active.get();
    }

    void burst(int messages) {
        Burst burst = new Burst(environment.nanoTime(), messages);
        bursts.updateAndGet(before -> {
            Burst[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = burst;
            return after;
        });
        producers.forEach(Producer::wakeup);
    }

    /// Messages whose moment has come.
    long dueBy(long nanos) {
        long due = pacedDueBy(nanos - startNanos);
        for (Burst burst : bursts.get()) {
            due += burst.messages;
        }
        return due;
    }

    private long pacedDueBy(long timeNs) {
        if (!moments[0].isEverTogether()) {
            return schedule.dueBy(timeNs);
        }
        long puts = 0;
        for (PutMoments ofProducer : moments) {
            puts += ofProducer.ownDueBy(timeNs);
        }
        return puts * spec.batchSize();
    }

    void limitOffset(long offset) {
        limitOffset = offset;
    }

    MessageStore store() {
        return store;
    }

    StoreEnvironment environment() {
        return environment;
    }

    LoadSpec spec() {
        return spec;
    }

    Schedule schedule() {
        return schedule;
    }

    PutMoments moments(int producer) {
        return moments[producer];
    }

    long startNanos() {
        return startNanos;
    }

    /// The same moment as [#startNanos()], in milliseconds since 1970.
    long startMillis() {
        return startMillis;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    Burst[] bursts() {
        return bursts.get();
    }

    void stored(long nextOffset) {
        if (nextOffset >= limitOffset) {
            end(new LoadEnd.LogLengthReached(spec.limits().logBytes()));
        }
    }

    /// Ends the load when the store will not take anything any more.
    void refused(PutMessageStatus status) {
        StoreState state = store.state();
        if (status == PutMessageStatus.SERVICE_NOT_AVAILABLE && state != StoreState.RUNNING) {
            end(state == StoreState.BROKEN
                    ? new LoadEnd.StoreBroken(store.snapshot().notWriteable())
                    : new LoadEnd.StoreNotOpen(state));
        }
    }

    /// @param thread whose failure ends the load
    LoadEnd failed(String thread, Throwable failure) {
        LOG.log(Level.ERROR, thread + " failed", failure);
        LoadEnd reason = new LoadEnd.ThreadFailed(thread, failure.toString());
        end(reason);
        return reason;
    }

    void ended() {
        active.decrementAndGet();
        producerEnded.signal();
    }

    private long share(long messages, int producer) {
        long producers = spec.producers();
        return messages == LoadLimits.NONE
                ? LoadLimits.NONE
                : messages / producers + (producer < messages % producers ? 1 : 0);
    }

    /// Messages that were asked for at one moment, beside the pacing.
    record Burst(long askedNanos, int messages) {
    }
}
