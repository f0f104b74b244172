package dev.storescope.app.testing;

import com.sun.javafx.tk.TKPulseListener;
import com.sun.javafx.tk.Toolkit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;

/// The JavaFX thread, as seen by a test: what runs on it, and when what was done has been laid out.
///
/// Nothing here takes a time for a sign: a test goes on when a frame has been finished, however long the machine needs for it.
///
/// Threads: called by the thread of the test.
public final class FxThread {
    /// How long a test waits for something that does not come before it fails; a machine with many other tasks is slow.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Ten frames a second are text frames.
    private static final long TEXTS_WITHIN_NS = 120_000_000L;

    /// The toolkit holds it weakly.
    private static final TKPulseListener FRAME_LAID_OUT = FxThread::tellThatAFrameIsLaidOut;

    /// JavaFX thread only.
    private static List<CompletableFuture<Void>> waitingForAFrame = new ArrayList<>();

    private static boolean started;

    private FxThread() {}

    /// Does nothing when JavaFX has been started before.
    public static synchronized void start() {
        if (started) {
            return;
        }
        try {
            Platform.startup(() -> {
            });
        } catch (IllegalStateException e) {
            // By another test of this JVM.
        }
        Platform.setImplicitExit(false);
        run(() -> Toolkit.getToolkit().addPostSceneTkPulseListener(FRAME_LAID_OUT));
        started = true;
    }

    public static void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    public static <T> T call(Callable<T> action) {
        if (Platform.isFxApplicationThread()) {
            return result(action).join();
        }
        var done = new CompletableFuture<T>();
        Platform.runLater(() -> result(action).whenComplete((value, failure) -> {
            if (failure == null) {
                done.complete(value);
            } else {
                done.completeExceptionally(failure);
            }
        }));
        return get(done);
    }

    private static <T> CompletableFuture<T> result(Callable<T> action) {
        try {
            return CompletableFuture.completedFuture(action.call());
        } catch (Exception | AssertionError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Waits until all that has been asked of the JavaFX thread is done and laid out: one whole frame, and another one for
    /// what came of it.
    public static void settle() {
        if (Platform.isFxApplicationThread()) {
            throw new IllegalStateException("the JavaFX thread cannot wait for a frame that it makes itself");
        }
        awaitFrame();
        awaitFrame();
    }

    /// Waits, too, for the next of the ten frames a second in which panels write what they know, and say what can be done
    /// now: nobody presses a key sooner.
    static void settleTexts() {
        long start = System.nanoTime();
        do {
            settle();
        } while (System.nanoTime() - start < TEXTS_WITHIN_NS);
    }

    private static void awaitFrame() {
        var frame = new CompletableFuture<Void>();
        Platform.runLater(() -> {
            waitingForAFrame.add(frame);
            Platform.requestNextPulse();
        });
        get(frame);
    }

    private static void tellThatAFrameIsLaidOut() {
        if (waitingForAFrame.isEmpty()) {
            return;
        }
        List<CompletableFuture<Void>> told = waitingForAFrame;
        waitingForAFrame = new ArrayList<>();
        // The frame ends when its pulse has been left.
        Platform.runLater(() -> told.forEach(each -> each.complete(null)));
    }

    /// Looks at a condition between frames, on the JavaFX thread, where nothing that it reads is half done.
    public static void await(BooleanSupplier condition) {
        await(condition, () -> "expected to become true");
    }

    /// @param otherwise what is said when it does not become true
    public static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long start = System.nanoTime();
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("%s, within %d s".formatted(call(otherwise::get), PATIENCE.toSeconds()));
            }
            settle();
        }
        settle();
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "expected an answer of the JavaFX thread within %d s".formatted(PATIENCE.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the JavaFX thread", e);
        }
    }
}
