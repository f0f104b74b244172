package dev.storescope.engine.testing;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StepGate;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.probe.StoreProbe;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The live world on a disk of the test's choice, but for the time of day, which stands where the test puts it: what
/// store timestamps are taken from.
public final class WallClockEnvironment implements StoreEnvironment {
    private final LiveEnvironment live;
    // Written by the test, read by the store's threads.
    private volatile long millis;
    private Optional<StoreMemory> memory = Optional.empty();
    private String refusedThread = "";
    private String lateThread = "";

    /// @param millis since 1970
    public WallClockEnvironment(Disk disk, long millis) {
        this.live = LiveEnvironment.builder().disk(disk).withoutProbe().build();
        this.millis = millis;
    }

    /// On a machine with so much memory.
    public WallClockEnvironment withMachineOf(long totalBytes) {
        ManualMemory small = new ManualMemory();
        small.totalBytes(totalBytes);
        memory = Optional.of(small);
        return this;
    }

    /// In a process that may have no more threads when it comes to this one.
    public WallClockEnvironment refusingThread(String name) {
        refusedThread = name;
        return this;
    }

    /// The system does not come to run this one before its store is killed; "" for none.
    public void withholdThread(String name) {
        lateThread = name;
    }

    public void set(long newMillis) {
        millis = newMillis;
    }

    @Override
    public long currentTimeMillis() {
        return millis;
    }

    @Override
    public long nanoTime() {
        return live.nanoTime();
    }

    @Override
    public StoreThread start(String name, Runnable task) {
        if (name.equals(refusedThread)) {
            throw new OutOfMemoryError("no thread");
        }
        return live.start(name, name.equals(lateThread) ? () -> {
        } : task);
    }

    @Override
    public StoreThread startLight(String name, Runnable task) {
        return live.startLight(name, task);
    }

    @Override
    public void sleep(long durationNs) {
        live.sleep(durationNs);
    }

    @Override
    public Wakeup newWakeup(String name) {
        return live.newWakeup(name);
    }

    @Override
    public PutMessageLock newPutMessageLock(PutMessageLockKind kind) {
        return live.newPutMessageLock(kind);
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long timeoutNs) {
        return live.await(completion, timeoutNs);
    }

    @Override
    public Disk disk() {
        return live.disk();
    }

    @Override
    public StoreMemory memory() {
        return memory.orElseGet(live::memory);
    }

    @Override
    public StoreProbe probe() {
        return live.probe();
    }

    @Override
    public StepGate stepGate() {
        return live.stepGate();
    }

    @Override
    public long processId() {
        return live.processId();
    }
}
