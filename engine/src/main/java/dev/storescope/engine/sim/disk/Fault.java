package dev.storescope.engine.sim.disk;

/// Something that goes wrong in a simulated world, from when it is turned on until it is turned off.
///
/// Two equal faults are one. A new fault is a record here, and a case in each `switch` that the compiler then shows.
public sealed interface Fault {
    /// Each force takes so much longer.
    record SlowForce(long extraNs) implements Fault {
    }

    /// A force does not come back until this is turned off.
    record StalledForce() implements Fault {
    }

    /// Forces fail, after so many that succeed. The pages count as clean and are not on the platter.
    record FailingForce(Where where, long successes, long failures) implements Fault {
    }

    /// Writes into the page cache fail, after so many that succeed, and write nothing: commits, and appends under sync flush.
    /// What is put through a mapping is no write.
    record FailingWrite(Where where, long successes, long failures) implements Fault {
    }

    /// Likewise, and half of the bytes are written.
    record ShortWrite(Where where, long successes, long failures) implements Fault {
    }

    /// There is room for so many bytes in all files together.
    record DiskFull(long capacityBytes) implements Fault {
    }

    /// Files cannot be mapped.
    record FailingMapping(Where where, long successes, long failures) implements Fault {
    }

    /// Making and mapping a file takes so much longer.
    record SlowAllocation(long extraNs) implements Fault {
    }

    /// The system does not let this process lock memory.
    record NoLockPrivilege() implements Fault {
    }

    /// The clock of dates runs so many milliseconds ahead, or behind; the one of durations is not touched.
    record ClockJump(long millis) implements Fault {
    }

    /// A service stops at its next probe point, until this is turned off.
    record HeldService(String service) implements Fault {
    }

    /// So many times, in effect for ever.
    long FOR_EVER = Long.MAX_VALUE;

    /// Which files a fault is of.
    enum Where {
        ANY_FILE(""), COMMIT_LOG("commitlog"), CONSUME_QUEUES("consumequeue"), INDEX("index"), CHECKPOINT("checkpoint");

        private final String name;

        Where(String name) {
            this.name = name;
        }

        /// The directory or file of that name, in whatever store.
        String nameInStore() {
            return name;
        }
    }
}
