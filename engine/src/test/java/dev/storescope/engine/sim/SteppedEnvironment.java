package dev.storescope.engine.sim;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StepGate;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.probe.StoreProbe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A world that stands still until it is told to go on: [#run].
///
/// Its disk is memory, its clock moves by a [CostModel], its threads take turns in a fixed order. Calls from outside
/// that wait (a store's start, say) let it run for as long as they wait.
///
/// Threads: see [Turns].
public final class SteppedEnvironment implements StoreEnvironment {
    /// 2026-01-01T08:00:00Z, as good a moment as any.
    private static final long BEGINS_AT_MILLIS = 1_767_254_400_000L;
    private static final long NS_PER_MS = 1_000_000;
    private static final long PAGE_BYTES = 4096;
    private static final long PROCESS_ID = 1;

    private final Turns turns = new Turns();
    private final SteppedProbe probe;
    private final MemoryDisk disk;

    public SteppedEnvironment(CostModel costs) {
        probe = new SteppedProbe(turns, costs);
        disk = new MemoryDisk(costs, this::sleep);
    }

    /// Lets so much time pass.
    public void run(long durationNs) {
        turns.await(() -> false, durationNs);
    }

    /// What the store tells; there is one reader.
    public ProbeReader probeReader() {
        return probe;
    }

    @Override
    public long nanoTime() {
        return turns.nowNanos();
    }

    @Override
    public long currentTimeMillis() {
        return BEGINS_AT_MILLIS + turns.nowNanos() / NS_PER_MS;
    }

    /// The same on every machine.
    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public StoreThread start(String name, Runnable task) {
        Turns.Actor actor = turns.start(name, task);
        return new StoreThread() {
            @Override
            public String name() {
                return actor.name();
            }

            @Override
            public boolean isAlive() {
                return !actor.isEnded();
            }

            @Override
            public boolean join(long timeoutNs) {
                return turns.await(actor::isEnded, timeoutNs);
            }
        };
    }

    @Override
    public StoreThread startLight(String name, Runnable task) {
        return start(name, task);
    }

    @Override
    public void sleep(long durationNs) {
        turns.await(() -> false, durationNs);
    }

    @Override
    public Wakeup newWakeup(String name) {
        return new SteppedWakeup();
    }

    @Override
    public PutMessageLock newPutMessageLock(PutMessageLockKind kind) {
        return new SteppedLock();
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long timeoutNs) {
        return turns.await(completion::isDone, timeoutNs);
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public StoreMemory memory() {
        return new PlainMemory();
    }

    @Override
    public StoreProbe probe() {
        return probe;
    }

    @Override
    public StepGate stepGate() {
        return new OpenGate();
    }

    @Override
    public long processId() {
        return PROCESS_ID;
    }

    private final class SteppedWakeup implements Wakeup {
        // Written by those who signal and by the one who waits, one at a time.
        private volatile boolean signalled;

        @Override
        public boolean await(long timeoutNs) {
            boolean woken = turns.await(() -> signalled, timeoutNs);
            signalled = false;
            return woken;
        }

        @Override
        public void signal() {
            signalled = true;
        }
    }

    private final class SteppedLock implements PutMessageLock {
        // Both are written by whoever has the turn, read by whoever takes a snapshot.
        private volatile boolean held;
        private volatile int waiting;

        @Override
        public void lock() {
            if (held) {
                waiting = waiting + 1;
                turns.await(() -> !held, Long.MAX_VALUE);
                waiting = waiting - 1;
            }
            held = true;
        }

        @Override
        public void unlock() {
            held = false;
        }

        @Override
        public int waitingThreads() {
            return waiting;
        }
    }

    /// All memory counts as locked.
    private static final class PlainMemory implements StoreMemory {
        private static final long MACHINE_BYTES = 16L << 30;

        @Override
        public Block allocate(long sizeBytes) {
            Arena arena = Arena.ofShared();
            MemorySegment segment = arena.allocate(sizeBytes, PAGE_BYTES);
            return new Block() {
                @Override
                public MemorySegment segment() {
                    return segment;
                }

                @Override
                public void close() {
                    arena.close();
                }
            };
        }

        @Override
        public MemoryLock lock(MemorySegment segment) {
            return MemoryLock.LOCKED;
        }

        @Override
        public void unlock(MemorySegment segment) {
            // nothing is locked
        }

        @Override
        public void adviseWillNeed(MemorySegment segment) {
            // it is there
        }

        @Override
        public long totalBytes() {
            return MACHINE_BYTES;
        }
    }

    /// Nobody is held here: whoever wants to look stops the whole world.
    private static final class OpenGate implements StepGate {
        @Override
        public void hold(String service) {
            throw new UnsupportedOperationException("cannot hold %s: this world stops as a whole".formatted(service));
        }

        @Override
        public void release(String service) {
            // none is held
        }

        @Override
        public void releaseAll() {
            // none is held
        }

        @Override
        public boolean isHolding() {
            return !held().isEmpty();
        }

        @Override
        public Set<String> held() {
            return Set.of();
        }

        @Override
        public boolean isStandingAtGate(String service) {
            return false;
        }
    }
}
