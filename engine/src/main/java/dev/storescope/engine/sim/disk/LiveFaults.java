package dev.storescope.engine.sim.disk;

import dev.storescope.engine.env.FileDisk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StepGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Faults in the real world: those of the simulated one that can be brought about there without harm to anything but the
/// store. They end with the environment.
///
/// A force may take longer or fail, the disk may have room for so many bytes only (of this store), and a service may be
/// held. What else there is cannot be done to a real disk from here.
///
/// Threads: any.
public final class LiveFaults {
    private final Path root;
    private final FaultyDisk disk;
    private final LiveEnvironment environment;
    /// Guards `faults`, which counts how often it was asked: shortly, and only while any fault is on.
    private final ReentrantLock lock = new ReentrantLock();
    private final Faults faults = new Faults();
    // Written under `lock`, read by whoever uses the disk.
    private volatile boolean isAnyOn;

    private LiveFaults(Path root) {
        this.root = root;
        disk = new FaultyDisk(new FileDisk(), this);
        environment = LiveEnvironment.builder().disk(disk).build();
    }

    /// Makes a live environment in which things can be made to go wrong.
    ///
    /// @param root the store's directory: what counts for a disk that is full
    public static LiveFaults on(Path root) {
        return new LiveFaults(root);
    }

    public LiveEnvironment environment() {
        return environment;
    }

    /// Whether it can be brought about here.
    public static boolean canDo(Fault fault) {
        return switch (fault) {
            case Fault.SlowForce _,Fault.FailingForce _,Fault.DiskFull _,Fault.HeldService _ -> true;
            case Fault.StalledForce _,Fault.FailingWrite _,Fault.ShortWrite _,Fault.FailingMapping _,Fault.SlowAllocation _,Fault.NoLockPrivilege _,Fault.ClockJump _ ->
                    false;
        };
    }

    /// Does nothing when it is on already.
    public void turnOn(Fault fault) {
        if (!canDo(fault)) {
            throw new IllegalArgumentException(
                    "live: expected a fault that can be brought about on a real disk, found " + fault);
        }
        change(() -> faults.turnOn(fault));
        if (fault instanceof Fault.HeldService(String service)) {
            gate().hold(service);
        }
    }

    /// Does nothing when it is off already.
    public void turnOff(Fault fault) {
        change(() -> faults.turnOff(fault));
        if (fault instanceof Fault.HeldService(String service)) {
            gate().release(service);
        }
    }

    private StepGate gate() {
        return environment.stepGate();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            isAnyOn = !faults.all().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// In the order in which they were turned on.
    public List<Fault> all() {
        lock.lock();
        try {
            return faults.all();
        } finally {
            lock.unlock();
        }
    }

    /// The bytes of all files below the store's directory.
    public long usedBytes() {
        try {
            return disk.usedBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(root, e.getMessage()), e);
        }
    }

    // --- what the disk asks ---

    boolean isAnyOn() {
        return isAnyOn;
    }

    Path root() {
        return root;
    }

    long extraForceNs() {
        lock.lock();
        try {
            return faults.sum(Fault.SlowForce.class, Fault.SlowForce::extraNs);
        } finally {
            lock.unlock();
        }
    }

    boolean forceFails(Path file) {
        lock.lock();
        try {
            return faults.forceFails(file);
        } finally {
            lock.unlock();
        }
    }

    /// @return [Long#MAX_VALUE] without a limit
    long capacityBytes() {
        lock.lock();
        try {
            return faults.capacityBytes(Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    void sleep(long durationNs) {
        environment.sleep(durationNs);
    }
}
