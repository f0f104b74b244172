package dev.storescope.app.session.inspect;

import dev.storescope.app.session.inspect.CheckReading.State;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.inspect.check.CheckFault.Part;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Proves the log, queues, index and checkpoint of a directory against each other.
///
/// Threads: one runs it; any cancels and reads it.
final class CheckJob {
    private final StoreEnvironment environment;
    private final Path directory;
    private final Map<String, String> settings;
    /// Written by whoever cancels, read by the one who runs it.
    private volatile boolean cancelled;
    /// Written by the one who runs it, read by any.
    private volatile CheckReading reading = new CheckReading(State.RUNNING, Part.INDEX, 0, 0, Optional.empty(), "");

    /// @param settings what the files do not say, by RocketMQ's names
    CheckJob(StoreEnvironment environment, Path directory, Map<String, String> settings) {
        this.environment = environment;
        this.directory = directory;
        this.settings = Map.copyOf(settings);
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
            MessageStoreConfig.Builder config = MessageStoreConfig.builder(directory);
            settings.forEach(config::set);
            CheckReport report = new StoreCheck(environment, config.build()).run(this::at);
            reading = new CheckReading(State.DONE, Part.CHECKPOINT, 1, 1, Optional.of(report), "");
        } catch (Cancelled e) {
            reading = new CheckReading(State.CANCELLED, reading.part(), 0, 0, Optional.empty(), "");
        } catch (StoreException | IllegalArgumentException e) {
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
