package dev.storescope.app.session;

import dev.storescope.engine.api.MessageStoreConfig;
import java.nio.file.Path;

/// Where the session stands.
public sealed interface SessionState {
    /// No store is open, and none was asked for.
    record NoStore() implements SessionState {
    }

    /// A store is being opened: its files are mapped and its log is checked.
    record Opening(Path directory, LogCheck check) implements SessionState {
    }

    /// The store that was open is stopped and started again on the same files; what was last seen of it stays true until
    /// it is open again.
    ///
    /// @param reason why, as it is told to the user
    record Restarting(Path directory, RestartReason reason, LogCheck check) implements SessionState {
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
    /// @param problem what was expected, what was found, and where
    record Failed(Path directory, Problem problem) implements SessionState {
        /// In the words of whoever failed.
        public String message() {
            return problem.message();
        }
    }
}
