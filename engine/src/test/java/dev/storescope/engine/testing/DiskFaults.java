package dev.storescope.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What goes wrong on an [UnforcedDisk], and what a test does in the middle of its operations.
///
/// A hook runs on the thread of the operation and may wait, which makes the operation slow, or throw an
/// [UncheckedIOException], which makes it fail.
///
/// Threads: any.
public final class DiskFaults {
    private static final long NEVER = Long.MAX_VALUE;

    private long forcesUntilFailure = NEVER;
    private long failingForces;
    private long writesUntilFailure = NEVER;
    private long failingWrites;
    private Predicate<Path> mayFail = file -> true;
    private Consumer<Path> beforeCreate = file -> {
    };
    private Consumer<Path> beforeMap = file -> {
    };
    private Consumer<Path> beforeForce = file -> {
    };
    private Consumer<Path> beforeForceDirectory = directory -> {
    };
    private Consumer<Path> beforeWrite = file -> {
    };
    private Consumer<Path> beforeDelete = file -> {
    };

    DiskFaults() {
    }

    public void failNextForce() {
        failForces(0, 1);
    }

    /// Only what stands below `directory` is to fail; the rest neither fails nor counts.
    public synchronized DiskFaults below(Path directory) {
        mayFail = file -> file.startsWith(directory);
        return this;
    }

    /// From now on.
    public void failAllForces() {
        failForces(0, NEVER);
    }

    /// After `successes` more forces the next `failures` ones fail.
    public synchronized void failForces(long successes, long failures) {
        forcesUntilFailure = successes;
        failingForces = failures;
    }

    public void failNextWrite() {
        failWrites(0, 1);
    }

    /// From now on.
    public void failAllWrites() {
        failWrites(0, NEVER);
    }

    /// After `successes` more writes the next `failures` ones fail and write nothing.
    public synchronized void failWrites(long successes, long failures) {
        writesUntilFailure = successes;
        failingWrites = failures;
    }

    /// Takes back all that is to fail; hooks stay.
    public synchronized void heal() {
        forcesUntilFailure = NEVER;
        writesUntilFailure = NEVER;
    }

    public synchronized void beforeCreate(Consumer<Path> hook) {
        beforeCreate = hook;
    }

    public synchronized void beforeMap(Consumer<Path> hook) {
        beforeMap = hook;
    }

    public synchronized void beforeForce(Consumer<Path> hook) {
        beforeForce = hook;
    }

    public synchronized void beforeForceDirectory(Consumer<Path> hook) {
        beforeForceDirectory = hook;
    }

    public synchronized void beforeWrite(Consumer<Path> hook) {
        beforeWrite = hook;
    }

    public synchronized void beforeDelete(Consumer<Path> hook) {
        beforeDelete = hook;
    }

    void creating(Path file) throws IOException {
        run(hook(Step.CREATE), file);
    }

    void mapping(Path file) throws IOException {
        run(hook(Step.MAP), file);
    }

    /// @return whether the force is to fail
    boolean forcing(Path file) throws IOException {
        run(hook(Step.FORCE), file);
        return isForceToFail(file);
    }

    void forcingDirectory(Path directory) throws IOException {
        run(hook(Step.FORCE_DIRECTORY), directory);
    }

    void writing(Path file) throws IOException {
        run(hook(Step.WRITE), file);
        if (isWriteToFail(file)) {
            throw new IOException("cannot write to " + file + ": input/output error (wanted by the test)");
        }
    }

    void deleting(Path file) throws IOException {
        run(hook(Step.DELETE), file);
    }

    private synchronized Consumer<Path> hook(Step step) {
        return switch (step) {
            case CREATE -> beforeCreate;
            case MAP -> beforeMap;
            case FORCE -> beforeForce;
            case FORCE_DIRECTORY -> beforeForceDirectory;
            case WRITE -> beforeWrite;
            case DELETE -> beforeDelete;
        };
    }

    private synchronized boolean isForceToFail(Path file) {
        if (forcesUntilFailure == NEVER || !mayFail.test(file)) {
            return false;
        }
        if (forcesUntilFailure > 0) {
            forcesUntilFailure--;
            return false;
        }
        return failingForces-- > 0;
    }

    private synchronized boolean isWriteToFail(Path file) {
        if (writesUntilFailure == NEVER || !mayFail.test(file)) {
            return false;
        }
        if (writesUntilFailure > 0) {
            writesUntilFailure--;
            return false;
        }
        return failingWrites-- > 0;
    }

    /// Not under the lock: a hook may wait for another thread.
    private static void run(Consumer<Path> hook, Path file) throws IOException {
        try {
            hook.accept(file);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private enum Step {
        CREATE, MAP, FORCE, FORCE_DIRECTORY, WRITE, DELETE
    }
}
