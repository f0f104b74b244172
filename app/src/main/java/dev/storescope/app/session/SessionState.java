package dev.storescope.app.session;

import dev.storescope.engine.api.MessageStoreConfig;
import java.nio.file.Path;

/// Where the session stands.
public sealed interface SessionState {
    /// No store is open, and none was asked for.
    record NoStore() implements SessionState {
    }

    /// A store is being opened: its files are mapped and its log is checked.
    ///
    /// @param doneBytes of the log up to where it is checked
    /// @param totalBytes of the log; 0 while that is not known
    record Opening(Path directory, long doneBytes, long totalBytes) implements SessionState {
    }

    /// A store is open.
    ///
    /// @param config the settings in force
    record Running(MessageStoreConfig config) implements SessionState {
        public Path directory() {
            return config.storePathRootDir();
        }
    }

    /// The store flushes to the end and gives its directory back.
    record Closing(Path directory) implements SessionState {
    }

    /// The last store that was asked for could not be opened; nothing in its directory was changed.
    ///
    /// @param message what was expected, what was found, and where
    record Failed(Path directory, String message) implements SessionState {
    }
}
