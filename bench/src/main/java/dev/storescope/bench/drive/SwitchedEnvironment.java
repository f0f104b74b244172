package dev.storescope.bench.drive;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.BesideWork;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StepGate;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.StoreProbe;
import java.io.IOException;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// An environment whose probe can be switched off and on while a store runs: what the machine does meanwhile then falls on
/// both, which rounds of seconds in two processes differ by far more than a probe costs.
final class SwitchedEnvironment implements StoreEnvironment {
    private final StoreEnvironment environment;
    private final SwitchedProbe probe;

    SwitchedEnvironment(StoreEnvironment environment) {
        this.environment = environment;
        this.probe = new SwitchedProbe(environment.probe());
    }

    /// Any thread is heeded at its next event.
    void probe(boolean on) {
        probe.on = on;
    }

    @Override
    public StoreProbe probe() {
        return probe;
    }

    @Override
    public StoreThread start(String name, Runnable task) {
        return environment.start(name, task);
    }

    @Override
    public StoreThread startLight(String name, Runnable task) {
        return environment.startLight(name, task);
    }

    @Override
    public BesideWork beginBeside(String name, BesideWork.Task task) throws IOException {
        return environment.beginBeside(name, task);
    }

    @Override
    public void doAside(Runnable task) {
        environment.doAside(task);
    }

    @Override
    public void sleep(long durationNs) {
        environment.sleep(durationNs);
    }

    @Override
    public Wakeup newWakeup(String name) {
        return environment.newWakeup(name);
    }

    @Override
    public PutMessageLock newPutMessageLock(PutMessageLockKind kind) {
        return environment.newPutMessageLock(kind);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long timeoutNs) {
        return environment.await(completion, timeoutNs);
    }

    @Override
    public boolean awaitWatched(CompletableFuture<?> completion, long timeoutNs) {
        return environment.awaitWatched(completion, timeoutNs);
    }

    @Override
    public void linger(BooleanSupplier until, long mostNs) {
        environment.linger(until, mostNs);
    }

    @Override
    public Disk disk() {
        return environment.disk();
    }

    @Override
    public StoreMemory memory() {
        return environment.memory();
    }

    @Override
    public StepGate stepGate() {
        return environment.stepGate();
    }

    @Override
    public long processId() {
        return environment.processId();
    }

    @Override
    public long nanoTime() {
        return environment.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return environment.currentTimeMillis();
    }

    @Override
    public ZoneId zone() {
        return environment.zone();
    }

    private static final class SwitchedProbe implements StoreProbe {
        private final StoreProbe told;
        private volatile boolean on = true;

        private SwitchedProbe(StoreProbe told) {
            this.told = told;
        }

        @Override
        public void event(ProbePoint point, long a, long b, long c) {
            if (on) {
                told.event(point, a, b, c);
            }
        }

        @Override
        public void eventAt(long nanoTime, ProbePoint point, long a, long b, long c) {
            if (on) {
                told.eventAt(nanoTime, point, a, b, c);
            }
        }

        @Override
        public int putSamplingInterval() {
            return told.putSamplingInterval();
        }

        @Override
        public long dropped() {
            return told.dropped();
        }
    }
}
