package dev.storescope.engine.archfixture.log;

import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Looks like what is forbidden, and is not.
public final class HarmlessCode {

    private final AtomicLong counter = new AtomicLong();
    private final ConcurrentLinkedQueue<Path> paths = new ConcurrentLinkedQueue<>();

    public int count() {
        paths.add(Path.of("a").resolve("b"));
        var random = new Random(7);
        CompletableFuture<Integer> future = CompletableFuture.completedFuture(random.nextInt());
        future.thenApply(value -> value + 1).whenComplete((value, failure) -> counter.incrementAndGet());
        return (int) (future.getNow(0) + Math.sqrt(StrictMath.log(2)) + Duration.ofMillis(5).toMillis());
    }

    Date dateOf(long millis) throws TimeoutException {
        return new Date(millis);
    }

    /// Breaks another rule: the engine has no user interface.
    public static final class DrawsItself {

        Color color;
    }
}
