package dev.storescope.engine.testing;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StepGate;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// A world with one thread, the test's, in which time passes only when somebody waits or the test says so.
///
/// Who waits moves the clock: on to what was put off by [ManualClock#after] if that ends the wait, else to the end of
/// the time-out. A thread that is started does not run until [ManualThread#run()] or until somebody joins it, which
/// runs it to its end: services that were told to stop come to an end that way. Tests call `Service.doWork()` instead.
public class ManualEnvironment implements StoreEnvironment {
    public static final long PROCESS_ID = 4711;

    private final ManualClock clock = new ManualClock();
    private final ManualMemory memory = new ManualMemory();
    private final RecordingProbe probe = new RecordingProbe(clock);
    private final ManualGate stepGate = new ManualGate();
    private final List<ManualThread> threads = new ArrayList<>();
    private final Disk disk;
    private int mostThreads = Integer.MAX_VALUE;

    /// On an [UnforcedDisk] of its own.
    public ManualEnvironment() {
        this(new UnforcedDisk());
    }

    public ManualEnvironment(Disk disk) {
        this.disk = disk;
    }

    public ManualClock clock() {
        return clock;
    }

    /// A thread beyond so many at a time finds no room, as in a process that has used up its memory.
    public void atMostThreads(int threads) {
        mostThreads = threads;
    }

    /// Those that were started and have not ended, in the order of their start.
    public List<ManualThread> threads() {
        return threads.stream().filter(ManualThread::isAlive).toList();
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public ZoneId zone() {
        return clock.zone();
    }

    @Override
    public long currentTimeMillis() {
        return clock.currentTimeMillis();
    }

    @Override
    public StoreThread start(String name, Runnable task) {
        if (threads().size() == mostThreads) {
            throw new OutOfMemoryError("no room for a thread more");
        }
        ManualThread thread = new ManualThread(name, task);
        threads.add(thread);
        return thread;
    }

    @Override
    public StoreThread startLight(String name, Runnable task) {
        return start(name, task);
    }

    @Override
    public void sleep(long durationNs) {
        clock.advanceNs(Math.max(0, durationNs));
    }

    @Override
    public Wakeup newWakeup(String name) {
        return new ManualWakeup();
    }

    @Override
    public PutMessageLock newPutMessageLock(PutMessageLockKind kind) {
        return new ManualLock(kind);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long timeoutNs) {
        return waitUntil(completion::isDone, timeoutNs);
    }

    @Override
    public void linger(BooleanSupplier until, long mostNs) {
        waitUntil(until, mostNs);
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public ManualMemory memory() {
        return memory;
    }

    @Override
    public RecordingProbe probe() {
        return probe;
    }

    @Override
    public StepGate stepGate() {
        return stepGate;
    }

    @Override
    public long processId() {
        return PROCESS_ID;
    }

    private boolean waitUntil(BooleanSupplier condition, long timeoutNs) {
        long now = clock.nanoTime();
        long deadline = timeoutNs > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + Math.max(0, timeoutNs);
        while (!condition.getAsBoolean()) {
            if (!clock.runNextUntil(deadline)) {
                if (deadline == Long.MAX_VALUE) {
                    throw new IllegalStateException("waits for ever: nothing is due that could end it");
                }
                clock.advanceNs(deadline - clock.nanoTime());
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /// A thread that runs when the test wants it to.
    public static final class ManualThread implements StoreThread {
        private final String name;
        private final Runnable task;
        private boolean begun;
        private boolean ended;

        private ManualThread(String name, Runnable task) {
            this.name = name;
            this.task = task;
        }

        /// Runs the thread's task to its end, on the calling thread.
        public void run() {
            if (begun) {
                throw new IllegalStateException(name + " ran already, or runs");
            }
            begun = true;
            try {
                task.run();
            } finally {
                ended = true;
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isAlive() {
            return !ended;
        }

        @Override
        public boolean join(long timeoutNs) {
            if (!begun) {
                run();
            }
            return ended;
        }
    }

    private final class ManualWakeup implements Wakeup {
        private boolean signalled;

        @Override
        public boolean await(long timeoutNs) {
            boolean woken = waitUntil(() -> signalled, timeoutNs);
            signalled = false;
            return woken;
        }

        @Override
        public void signal() {
            signalled = true;
        }
    }

    /// With one thread, whoever meets a held lock would wait for ever.
    private static final class ManualLock implements PutMessageLock {
        private final PutMessageLockKind kind;
        private boolean held;

        private ManualLock(PutMessageLockKind kind) {
            this.kind = kind;
        }

        @Override
        public void lock() {
            if (held) {
                throw new IllegalStateException("put lock (" + kind + ") is held already: a deadlock with itself");
            }
            held = true;
        }

        @Override
        public void unlock() {
            if (!held) {
                throw new IllegalStateException("put lock (" + kind + ") is not held");
            }
            held = false;
        }

        @Override
        public int waitingThreads() {
            return 0;
        }
    }

    /// Remembers who is to be held; with one thread nobody can stand there.
    private static final class ManualGate implements StepGate {
        private final Set<String> held = new TreeSet<>();

        @Override
        public void hold(String service) {
            held.add(service);
        }

        @Override
        public void release(String service) {
            held.remove(service);
        }

        @Override
        public void releaseAll() {
            held.clear();
        }

        @Override
        public boolean isHolding() {
            return !held().isEmpty();
        }

        @Override
        public Set<String> held() {
            return Set.copyOf(held);
        }

        @Override
        public boolean isStandingAtGate(String service) {
            return false;
        }
    }
}
