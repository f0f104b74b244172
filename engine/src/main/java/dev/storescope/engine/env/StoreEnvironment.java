package dev.storescope.engine.env;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.probe.StoreProbe;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// The world in which an engine runs: its clock, its threads and waiting, its disk and memory, and who is told of it.
///
/// One engine runs in two worlds without a line of difference: [LiveEnvironment], and a simulated one in which the
/// same threads take turns in an order drawn from a seed. That holds only as long as nothing in the engine goes past
/// this interface; a test sees to it.
///
/// Threads: all methods may be called by any thread of the world.
public interface StoreEnvironment extends StoreClock {
    /// Starts `task` on a thread of its own.
    ///
    /// @param name unique among the threads of the store that run at a time
    StoreThread start(String name, Runnable task);

    /// Starts `task` on a thread that is cheap to have by the hundred: a virtual one, where the world has such.
    StoreThread startLight(String name, Runnable task);

    /// Begins what the caller needs done only later: in a thread of its own where threads have processors of their own, else it
    /// is done, and what it throws is thrown, at once.
    default BesideWork beginBeside(String name, BesideWork.Task task) throws IOException {
        task.run();
        return BesideWork.DONE;
    }

    /// Does what nobody waits for and nothing depends on, such as the lines about an opening in the program's log: the first of them
    /// cost a virtual machine that has just started some 30 ms. Beside the caller where threads have processors of their own,
    /// else at once.
    default void doAside(Runnable task) {
        task.run();
    }

    /// Sleeps for at least `durationNs`; not ended by signals.
    void sleep(long durationNs);

    Wakeup newWakeup(String name);

    PutMessageLock newPutMessageLock(PutMessageLockKind kind);

    /// Waits until `completion` is done, normally or not.
    ///
    /// @return false when `timeoutNs` passed before
    boolean await(CompletableFuture<?> completion, long timeoutNs);

    /// Likewise for what somebody else watches over and completes when the time has passed: so no timer needs to be set, which
    /// costs a virtual thread more than all the rest of a put.
    ///
    /// @return false when the wait ended before, after `timeoutNs` at the earliest
    default boolean awaitWatched(CompletableFuture<?> completion, long timeoutNs) {
        return await(completion, timeoutNs);
    }

    /// Lets others run for a moment, shorter than it takes to park a thread and to wake it, in the hope that something comes
    /// to hold: where threads have processors of their own. Where they take turns, nothing is gained by it and no time
    /// passes.
    ///
    /// @param mostNs some ten thousand at most
    default void linger(BooleanSupplier until, long mostNs) {
        // by default threads take turns
    }

    Disk disk();

    StoreMemory memory();

    StoreProbe probe();

    /// Holds services at their next probe point, and lets them go on.
    StepGate stepGate();

    /// The id of the operating system's process that the store lives in, for the file `abort`.
    long processId();
}
