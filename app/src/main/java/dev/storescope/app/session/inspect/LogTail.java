package dev.storescope.app.session.inspect;

import dev.storescope.engine.inspect.StoreBrowser.Growth;

/// What has become of the end of a log since it was read.
///
/// @param growth what a running store has put behind it; as far as it was counted, while much comes at once
public record LogTail(Mode mode, Growth growth) {
    public static final LogTail QUIET = new LogTail(Mode.TOLD, Growth.NONE);

    /// What happens to it.
    public enum Mode {
        /// It is told how much has come; it is read when somebody asks.
        TOLD,
        /// It is read by itself.
        FOLLOWED,
        /// The directory has another log by now: what is listed is no more. It is read anew when somebody asks.
        REPLACED
    }
}
