package dev.storescope.app.session.simulated;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the driver of a world is still to do, in the order in which it was asked for. What is urgent comes in between while
/// it is on its way to another moment; the rest waits until it is there.
///
/// Threads: any adds; the driver takes.
final class CommandQueue {
    private final LinkedBlockingDeque<Command> waiting = new LinkedBlockingDeque<>();
    /// Of the driver: what is done as soon as others can see it.
    private final List<Runnable> later = new ArrayList<>();
    // Written by the driver, read by any.
    private volatile boolean isClosed;

    /// What a command needs of a world of which a still may be shown in place of the run.
    enum Needs {
        /// Nothing, and it comes in between while the world is on its way to another moment.
        NOTHING_AT_ALL,
        /// A still will do.
        SIGHT,
        /// The run, when it has come; it changes nothing.
        ANSWER,
        /// The run, as soon as it can be there.
        RUN
    }

    /// One thing to do.
    record Command(Needs needs, Runnable work, CompletableFuture<?> done) {
        boolean isUrgent() {
            return needs == Needs.NOTHING_AT_ALL;
        }
    }

    <T> CompletableFuture<T> add(Supplier<T> work) {
        return add(work, Needs.RUN);
    }

    /// Of something that changes nothing.
    <T> CompletableFuture<T> addQuestion(Supplier<T> work) {
        return add(work, Needs.ANSWER);
    }

    CompletableFuture<Void> addUrgent(Runnable work) {
        return add(() -> {
            work.run();
            return null;
        }, Needs.NOTHING_AT_ALL);
    }

    private <T> CompletableFuture<T> add(Supplier<T> work, Needs needs) {
        var done = new CompletableFuture<T>();
        enqueue(needs, done, () -> {
            T result = work.get();
            later.add(() -> done.complete(result));
        });
        return done;
    }

    /// @param work completes it when it has come to its end
    CompletableFuture<Void> addWithEnd(Needs needs, Consumer<CompletableFuture<Void>> work) {
        var done = new CompletableFuture<Void>();
        enqueue(needs, done, () -> work.accept(done));
        return done;
    }

    private void enqueue(Needs needs, CompletableFuture<?> done, Runnable work) {
        waiting.add(new Command(needs, () -> {
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

    /// Waits a little for something to do, and leaves it where it is.
    void awaitSome(long waitNs) throws InterruptedException {
        Command first = waiting.poll(waitNs, TimeUnit.NANOSECONDS);
        if (first != null) {
            waiting.addFirst(first);
        }
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

    /// What can be done while a still is shown: questions wait, and what changes something lets all behind it wait.
    Optional<Command> pollWithoutRun() {
        for (Iterator<Command> each = waiting.iterator(); each.hasNext();) {
            Command command = each.next();
            switch (command.needs) {
                case NOTHING_AT_ALL, SIGHT -> {
                    each.remove();
                    return Optional.of(command);
                }
                case ANSWER -> {
                    // others come before it
                }
                case RUN -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// Whether something waits for the run.
    boolean needsRun() {
        return waiting.stream().anyMatch(command -> command.needs == Needs.RUN);
    }

    Optional<Command> pollUrgent() {
        for (Iterator<Command> each = waiting.iterator(); each.hasNext();) {
            Command command = each.next();
            if (command.isUrgent()) {
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
