package dev.storescope.bench.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// How many parked threads can be woken in a second when one thread wakes 64 of them in turn and waits for all: what a sync
/// store whose producers are threads of the system cannot pass, whatever its disk does.
///
/// Threads: the one that wakes, and those that park.
final class Wakes {
    private static final int THREADS = 64;
    private static final int REPETITIONS = 5;
    private static final long REPETITION_NS = 300_000_000L;

    // Written by the one that wakes, read by those that park; below 0 they end.
    private volatile int round;
    private final AtomicInteger arrived = new AtomicInteger();
    private final Thread waker = Thread.currentThread();

    private Wakes() {
    }

    static Limit measure() {
        Wakes wakes = new Wakes();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().daemon(true).start(wakes::park));
        }
        double[] rates = new double[REPETITIONS];
        wakes.rate(threads);
        for (int i = 0; i < REPETITIONS; i++) {
            rates[i] = wakes.rate(threads);
        }
        wakes.round = -1;
        threads.forEach(LockSupport::unpark);
        return Limit.of("wakes", "waking a parked thread, %d of them in turn".formatted(THREADS), 0, rates);
    }

    private double rate(List<Thread> threads) {
        long began = System.nanoTime();
        long now = began;
        long woken = 0;
        while (now - began < REPETITION_NS) {
            arrived.set(0);
            round = round + 1;
            threads.forEach(LockSupport::unpark);
            while (arrived.get() < THREADS) {
                LockSupport.park(this);
            }
            woken += THREADS;
            now = System.nanoTime();
        }
        return woken / ((now - began) / 1e9);
    }

    private void park() {
        int seen = 0;
        while (seen >= 0) {
            int now = round;
            if (now == seen) {
                LockSupport.park(this);
            } else {
                seen = now;
                if (arrived.incrementAndGet() == THREADS) {
                    LockSupport.unpark(waker);
                }
            }
        }
    }
}
