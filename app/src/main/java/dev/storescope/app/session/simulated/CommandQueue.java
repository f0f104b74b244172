package dev.storescope.app.session.simulated;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the driver of a world is still to do, in the order in which it was asked for. What is urgent comes in between while
/// it is on its way to another moment; the rest waits until it is there.
///
/// Threads: any adds; the driver takes.
final class CommandQueue {
    private final LinkedBlockingQueue<Command> waiting = new LinkedBlockingQueue<>();
    /// Of the driver: what is done as soon as others can see it.
    private final List<Runnable> later = new ArrayList<>();
    // Written by the driver, read by any.
    private volatile boolean isClosed;

    /// One thing to do.
    record Command(boolean isUrgent, Runnable work, CompletableFuture<?> done) {
    }

    <T> CompletableFuture<T> add(Supplier<T> work) {
        return add(work, false);
    }

    CompletableFuture<Void> addUrgent(Runnable work) {
        return add(() -> {
            work.run();
            return null;
        }, true);
    }

    private <T> CompletableFuture<T> add(Supplier<T> work, boolean isUrgent) {
        var done = new CompletableFuture<T>();
        enqueue(isUrgent, done, () -> {
            T result = work.get();
            later.add(() -> done.complete(result));
        });
        return done;
    }

    /// @param work completes it when it has come to its end
    CompletableFuture<Void> addWithEnd(Consumer<CompletableFuture<Void>> work) {
        var done = new CompletableFuture<Void>();
        enqueue(false, done, () -> work.accept(done));
        return done;
    }

    CompletableFuture<Void> addUrgentWithEnd(Consumer<CompletableFuture<Void>> work) {
        var done = new CompletableFuture<Void>();
        enqueue(true, done, () -> work.accept(done));
        return done;
    }

    private void enqueue(boolean isUrgent, CompletableFuture<?> done, Runnable work) {
        waiting.add(new Command(isUrgent, () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                later.add(() -> done.completeExceptionally(e));
            }
        }, done));
        if (isClosed) {
            cancelAll();
        }
    }

    /// To be completed as soon as others can see what has come of it.
    void later(CompletableFuture<Void> done) {
        later.add(() -> done.complete(null));
    }

    void completeLater() {
        List<Runnable> now = List.copyOf(later);
        later.clear();
        now.forEach(Runnable::run);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean hasUrgent() {
        return waiting.stream().anyMatch(Command::isUrgent);
    }

    Optional<Command> await() throws InterruptedException {
        return Optional.of(waiting.take());
    }

    Optional<Command> poll() {
        return Optional.ofNullable(waiting.poll());
    }

    Optional<Command> poll(long waitNs) throws InterruptedException {
        return waitNs > 0 ? Optional.ofNullable(waiting.poll(waitNs, TimeUnit.NANOSECONDS)) : poll();
    }

    Optional<Command> pollUrgent() {
        for (Iterator<Command> each = waiting.iterator(); each.hasNext();) {
            Command command = each.next();
            if (command.isUrgent) {
                each.remove();
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /// Nobody does anything any more.
    void close() {
        isClosed = true;
        completeLater();
        cancelAll();
    }

    private void cancelAll() {
        for (Command command = waiting.poll(); command != null; command = waiting.poll()) {
            command.done.completeExceptionally(new CancellationException("the simulated world is closed"));
        }
    }
}
