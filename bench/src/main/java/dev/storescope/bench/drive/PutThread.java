package dev.storescope.bench.drive;

import dev.storescope.bench.drive.StoreUnderTest.Producer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/// One thread that puts until it is told to stop.
///
/// Threads: its own; the counts by whoever has joined it.
final class PutThread implements Runnable {
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final PutRound round;
    private final Producer producer;
    private final int window;
    private final long firstNumber;
    final Histogram latencyNs = new Histogram(LONGEST_NS, DIGITS);
    long acknowledged;
    long refused;

    /// @param window puts under way at a time; 1 waits for each
    PutThread(PutRound round, Producer producer, int window) {
        this.round = round;
        this.producer = producer;
        this.window = window;
        this.firstNumber = ThreadLocalRandom.current().nextInt(1 << 24);
    }

    @Override
    public void run() {
        if (window == 1) {
            putOneByOne();
        } else {
            putWithWindow();
        }
    }

    /// Looks at the clock for some of the puts only: two readings take a tenth of a put's time.
    private void putOneByOne() {
        long mask = round.latencyInterval() - 1;
        for (long number = firstNumber; round.goesOn(); number++) {
            boolean timed = (number & mask) == 0;
            long began = timed ? System.nanoTime() : 0;
            count(producer.put(number));
            if (timed) {
                latencyNs.recordValue(Math.min(LONGEST_NS, System.nanoTime() - began));
            }
        }
    }

    private void putWithWindow() {
        ArrayDeque<UnderWay> underWay = new ArrayDeque<>(window);
        for (long number = firstNumber; round.goesOn(); number++) {
            if (underWay.size() == window) {
                complete(underWay.poll());
            }
            underWay.add(new UnderWay(System.nanoTime(), producer.putAsync(number)));
        }
        while (!underWay.isEmpty()) {
            complete(underWay.poll());
        }
    }

    private record UnderWay(long beganNs, CompletableFuture<?> put) {
    }

    /// The time runs until the window's turn comes: no less than what the put took.
    private void complete(UnderWay oldest) {
        count(producer.isAcknowledged(oldest.put));
        latencyNs.recordValue(Math.min(LONGEST_NS, System.nanoTime() - oldest.beganNs));
    }

    private void count(boolean ok) {
        if (ok) {
            acknowledged++;
        } else {
            refused++;
        }
    }
}
