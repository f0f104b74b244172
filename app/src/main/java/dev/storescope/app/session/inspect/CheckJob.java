package dev.storescope.app.session.inspect;

import dev.storescope.app.session.inspect.CheckReading.State;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.inspect.CheckFault.Part;
import dev.storescope.engine.inspect.CheckReport;
import dev.storescope.engine.inspect.StoreCheck;
import java.nio.file.Path;
import java.util.Optional;

/// Proves the log, queues, index and checkpoint of a directory against each other.
///
/// Threads: one runs it; any cancels and reads it.
final class CheckJob {
    private final StoreCheck check;
    /// Written by whoever cancels, read by the one who runs it.
    private volatile boolean cancelled;
    /// Written by the one who runs it, read by any.
    private volatile CheckReading reading = new CheckReading(State.RUNNING, Part.INDEX, 0, 0, Optional.empty(), "");

    CheckJob(StoreEnvironment environment, Path directory) {
        check = new StoreCheck(environment, MessageStoreConfig.builder(directory).build());
    }

    /// Ends the check from within: it asks how far it is told, and nothing else.
    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Cancelled() {
            super("check cancelled", null, false, false);
        }
    }

    void run() {
        try {
            CheckReport report = check.run(this::at);
            reading = new CheckReading(State.DONE, Part.CHECKPOINT, 1, 1, Optional.of(report), "");
        } catch (Cancelled e) {
            reading = new CheckReading(State.CANCELLED, reading.part(), 0, 0, Optional.empty(), "");
        } catch (StoreException e) {
            reading = new CheckReading(State.FAILED, reading.part(), 0, 0, Optional.empty(), e.getMessage());
        }
    }

    private void at(Part part, long doneBytes, long totalBytes) {
        if (cancelled) {
            throw new Cancelled();
        }
        reading = new CheckReading(State.RUNNING, part, doneBytes, totalBytes, Optional.empty(), "");
    }

    void cancel() {
        cancelled = true;
    }

    CheckReading read() {
        return reading;
    }
}
