package dev.storescope.engine.env;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits and file work that an interruption does not end.
///
/// A store is stopped by its own means and must not lose its promise half-way because a caller's pool shuts down. The
/// interruption is not swallowed: the flag is set again when the wait is over, for whoever asked for it.
final class Uninterrupted {
    private Uninterrupted() {
    }

    static boolean await(CompletableFuture<?> completion, long timeoutNs) {
        return waitFor(timeoutNs, remainingNs -> {
            if (completion.isDone()) {
                return true;
            }
            if (remainingNs <= 0) {
                return false;
            }
            try {
                completion.get(remainingNs, TimeUnit.NANOSECONDS);
                return true;
            } catch (ExecutionException | CancellationException e) {
                return true;
            } catch (TimeoutException e) {
                return completion.isDone();
            }
        });
    }

    /// However long it takes.
    static void await(CompletableFuture<?> completion) {
        boolean interrupted = false;
        while (!completion.isDone()) {
            try {
                completion.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | CancellationException e) {
                // done as well
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean join(Thread thread, long timeoutNs) {
        return waitFor(timeoutNs, remainingNs -> {
            if (remainingNs > 0 && thread != Thread.currentThread()) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(remainingNs, TimeUnit.MILLISECONDS.toNanos(1)));
            }
            return !thread.isAlive();
        });
    }

    static void sleep(long durationNs) {
        waitFor(durationNs, remainingNs -> {
            if (remainingNs > 0) {
                TimeUnit.NANOSECONDS.sleep(remainingNs);
            }
            return true;
        });
    }

    /// Runs file work that may run twice: the JDK closes the channel of a thread that is interrupted.
    static <T> T run(FileWork<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean waitFor(long timeoutNs, Attempt attempt) {
        long deadline = System.nanoTime() + timeoutNs;
        long remainingNs = timeoutNs;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return attempt.within(remainingNs);
                } catch (InterruptedException e) {
                    interrupted = true;
                    remainingNs = deadline - System.nanoTime();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    interface FileWork<T> {
        T run() throws IOException;
    }

    @FunctionalInterface
    private interface Attempt {
        boolean within(long remainingNs) throws InterruptedException;
    }
}
