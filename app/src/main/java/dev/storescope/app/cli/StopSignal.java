package dev.storescope.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and `kill` stop what is under way, and let it come to a clean end before the process does.
final class StopSignal implements AutoCloseable {
    private static final long LONGEST_END_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /// @param stop asks for the end; must not wait for it
    StopSignal(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "stop-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// All is at its end: the process may end, or go on if there was no signal.
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already: the hook has run
        }
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        try {
            if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("storescope: gave up waiting for a clean end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
