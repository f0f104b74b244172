package dev.storescope.bench.drive;

import dev.storescope.bench.drive.Load.Producers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/// Puts into a new store as fast as it goes, for some seconds or until so much log is written, and waits until queues
/// and index have everything.
///
/// Threads: [#run()] by one owner; the rest by the producers.
final class PutRound {
    private static final long GIB = 1L << 30;
    private static final long LOOK_NS = 500_000;
    /// A put under sync flush takes long enough to time each.
    private static final int ASYNC_LATENCY_INTERVAL = 16;
    private static final long DISPATCH_TIMEOUT_NS = 60_000_000_000L;
    private static final int GROWTH_GIB = 4;

    private final Load load;
    private final StoreUnderTest store;
    private final MessageTexts texts;
    // Written by the owner, read by every producer before each put.
    private volatile boolean goesOn = true;

    PutRound(Load load, StoreUnderTest store, MessageTexts texts) {
        this.load = load;
        this.store = store;
        this.texts = texts;
    }

    boolean goesOn() {
        return goesOn;
    }

    int latencyInterval() {
        return load.mode() == StoreSetup.Mode.SYNC ? 1 : ASYNC_LATENCY_INTERVAL;
    }

    Figures run() throws IOException, InterruptedException {
        List<PutThread> tasks = tasks();
        long[] gibAtNs = new long[GROWTH_GIB + 1];
        Usage before = Usage.now();
        long began = System.nanoTime();
        Optional<ProbeSlices> slices = store.probeSwitch().map(probe -> new ProbeSlices(probe, began));
        List<Thread> threads = tasks.stream().map(this::start).toList();
        awaitEnd(began, gibAtNs, slices);
        goesOn = false;
        for (Thread thread : threads) {
            thread.join();
        }
        long putNs = System.nanoTime() - began;
        long putOffset = store.maxOffset();
        awaitInQueues(messages(tasks));
        long allNs = System.nanoTime() - began;
        Usage used = Usage.now().since(before);
        Figures figures = figures(tasks, putNs, allNs, used);
        slices.ifPresent(each -> {
            double putRate = figures.get(Figure.PUT_RATE).orElseThrow();
            figures.set(Figure.PUT_RATE, each.rate(true, putRate, putOffset, putNs))
                    .set(Figure.PUT_RATE_UNPROBED, each.rate(false, putRate, putOffset, putNs));
        });
        if (gibAtNs[GROWTH_GIB] > 0) {
            double first = gibAtNs[1] - began;
            figures.set(Figure.GROWTH, first / (gibAtNs[GROWTH_GIB] - gibAtNs[GROWTH_GIB - 1]));
        }
        return figures;
    }

    private List<PutThread> tasks() {
        Producers producers = load.producers();
        boolean windowed = producers.kind() == Producers.Kind.WINDOW;
        List<PutThread> tasks = new ArrayList<>();
        for (int i = 0; i < (windowed ? 1 : producers.count()); i++) {
            tasks.add(new PutThread(this, store.newProducer(texts, MessageTexts.body(load.bodyBytes(), i)),
                    windowed ? producers.count() : 1));
        }
        return tasks;
    }

    private Thread start(PutThread task) {
        return switch (load.producers().kind()) {
            case THREADS, WINDOW -> Thread.ofPlatform().start(task);
            case VIRTUAL_THREADS -> Thread.ofVirtual().start(task);
        };
    }

    private void awaitEnd(long began, long[] gibAtNs, Optional<ProbeSlices> slices) {
        long endNs = began + (long) (load.seconds() * 1e9);
        int gib = 1;
        while (true) {
            LockSupport.parkNanos(LOOK_NS);
            long now = System.nanoTime();
            long offset = store.maxOffset();
            slices.ifPresent(each -> each.look(now, offset));
            while (gib <= GROWTH_GIB && offset >= gib * GIB) {
                gibAtNs[gib++] = now;
            }
            if (now >= endNs || offset >= load.mostBytes()) {
                return;
            }
        }
    }

    private static long messages(List<PutThread> tasks) {
        return tasks.stream().mapToLong(task -> task.acknowledged).sum();
    }

    /// With a transient pool what is not committed is not behind in the dispatch either: so the queues are asked, too.
    private void awaitInQueues(long messages) throws IOException {
        awaitDispatched(store);
        long began = System.nanoTime();
        while (messagesInQueues(store) < messages && System.nanoTime() - began < DISPATCH_TIMEOUT_NS) {
            LockSupport.parkNanos(LOOK_NS);
        }
        awaitDispatched(store);
    }

    private static void awaitDispatched(StoreUnderTest store) throws IOException {
        await(store, () -> store.dispatchBehindBytes() <= 0);
    }

    static void awaitWhole(StoreUnderTest store) throws IOException {
        await(store, store::isWhole);
    }

    private static void await(StoreUnderTest store, BooleanSupplier done) throws IOException {
        long began = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - began > DISPATCH_TIMEOUT_NS) {
                throw new IOException("expected everything to be dispatched within %d s, %d bytes are left"
                        .formatted(DISPATCH_TIMEOUT_NS / 1_000_000_000, store.dispatchBehindBytes()));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private Figures figures(List<PutThread> tasks, long putNs, long allNs, Usage used) throws IOException {
        long messages = messages(tasks);
        expectInQueues(store, messages);
        Histogram latencyNs = tasks.getFirst().latencyNs.copy();
        tasks.stream().skip(1).forEach(task -> latencyNs.add(task.latencyNs));
        return new Figures().set(Figure.MESSAGES, messages)
                .set(Figure.REFUSED, tasks.stream().mapToLong(task -> task.refused).sum())
                .set(Figure.PUT_SECONDS, putNs / 1e9)
                .set(Figure.PUT_RATE, messages / (putNs / 1e9))
                .set(Figure.E2E_RATE, messages / (allNs / 1e9))
                .set(Figure.CPU_PER_MILLION, used.cpuNs() / 1e9 / (messages / 1e6))
                .set(Figure.BYTES_PER_MESSAGE, (double) used.allocatedBytes() / messages)
                .set(Figure.P50, latencyNs.getValueAtPercentile(50) / 1e3)
                .set(Figure.P99, latencyNs.getValueAtPercentile(99) / 1e3)
                .set(Figure.P999, latencyNs.getValueAtPercentile(99.9) / 1e3);
    }

    /// A figure counts only when every message came to its queue.
    static void expectInQueues(StoreUnderTest store, long messages) throws IOException {
        long found = messagesInQueues(store);
        if (found != messages) {
            throw new IOException("expected %d messages in the queues, found %d".formatted(messages, found));
        }
    }

    static long messagesInQueues(StoreUnderTest store) {
        long found = 0;
        for (String topic : MessageTexts.topics()) {
            for (int queueId = 0; queueId < MessageTexts.QUEUES; queueId++) {
                found += store.messagesInQueue(topic, queueId);
            }
        }
        return found;
    }
}
