package dev.storescope.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Who runs, and when: threads of the world, one at a time, and a clock that stands while one runs.
///
/// A thread runs until it waits. Then the first of the others, by age, whose condition holds goes on; when there is
/// none, the clock jumps to the next moment for which someone waits. Threads from outside of the world (a test, the
/// session) drive: while one of them waits for something, the world runs.
///
/// Threads: those of the world, and any from outside, of which one at a time drives.
final class Turns {
    private static final long NEVER = Long.MAX_VALUE;

    /// Guards the driving: two threads from outside never let the world run at the same time.
    private final ReentrantLock driving = new ReentrantLock();
    private final ThreadLocal<Actor> current = new ThreadLocal<>();
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore driverTurn = new Semaphore(0);
    // Written by whoever has the turn, read by any.
    private volatile long nowNanos;

    long nowNanos() {
        return nowNanos;
    }

    Actor start(String name, Runnable task) {
        var actor = new Actor(name);
        synchronized (actors) {
            actors.add(actor);
        }
        Thread.ofPlatform().daemon(true).name(name).start(() -> {
            actor.turn.acquireUninterruptibly();
            current.set(actor);
            try {
                task.run();
            } finally {
                actor.ended = true;
                driverTurn.release();
            }
        });
        return actor;
    }

    /// Name of the world's thread that calls, or of the one from outside.
    String currentName() {
        Actor actor = current.get();
        return actor == null ? Thread.currentThread().getName() : actor.name;
    }

    /// Waits until the condition holds or the time is over; lets the others run meanwhile.
    ///
    /// @return whether it holds
    boolean await(BooleanSupplier condition, long timeoutNs) {
        long deadline = timeoutNs > NEVER - nowNanos ? NEVER : nowNanos + Math.max(0, timeoutNs);
        Actor actor = current.get();
        return actor == null ? drive(condition, deadline) : waitForTurn(actor, condition, deadline);
    }

    private boolean waitForTurn(Actor actor, BooleanSupplier condition, long deadline) {
        if (condition.getAsBoolean()) {
            return true;
        }
        actor.condition = condition;
        actor.deadline = deadline;
        driverTurn.release();
        actor.turn.acquireUninterruptibly();
        return condition.getAsBoolean();
    }

    private boolean drive(BooleanSupplier condition, long deadline) {
        driving.lock();
        try {
            while (!condition.getAsBoolean()) {
                Optional<Actor> next = next(deadline);
                if (next.isEmpty()) {
                    if (deadline == NEVER) {
                        throw new IllegalStateException("%s waits for ever: nothing is due that could end it; %s"
                                .formatted(Thread.currentThread().getName(), waiting()));
                    }
                    nowNanos = Math.max(nowNanos, deadline);
                    return condition.getAsBoolean();
                }
                run(next.get());
            }
            return true;
        } finally {
            driving.unlock();
        }
    }

    /// The thread whose turn it is; nothing when none is due until `deadline`. Moves the clock.
    private Optional<Actor> next(long deadline) {
        List<Actor> alive;
        synchronized (actors) {
            actors.removeIf(actor -> actor.ended);
            alive = List.copyOf(actors);
        }
        Optional<Actor> ready = alive.stream().filter(actor -> actor.condition.getAsBoolean()).findFirst();
        if (ready.isPresent()) {
            return ready;
        }
        Optional<Actor> due = alive.stream()
                .min((a, b) -> Long.compare(a.deadline, b.deadline))
                .filter(actor -> actor.deadline <= deadline && actor.deadline != NEVER);
        due.ifPresent(actor -> nowNanos = Math.max(nowNanos, actor.deadline));
        return due;
    }

    private void run(Actor actor) {
        actor.condition = () -> false;
        actor.deadline = NEVER;
        actor.turn.release();
        driverTurn.acquireUninterruptibly();
    }

    private String waiting() {
        synchronized (actors) {
            return "threads: " + actors.stream().map(actor -> actor.name).toList();
        }
    }

    /// A thread of the world.
    static final class Actor {
        private final String name;
        private final Semaphore turn = new Semaphore(0);
        // The rest is written by whoever has the turn; the semaphores hand it on.
        private BooleanSupplier condition = () -> true;
        private long deadline = NEVER;
        private volatile boolean ended;

        private Actor(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        boolean isEnded() {
            return ended;
        }
    }
}
