package dev.storescope.app.session.inspect;

import java.nio.file.Path;

/// How far a list is on its way into a file.
///
/// @param rows written so far
/// @param ratio of the log that was gone through, 0 to 1
/// @param problem why it failed; "" when it did not
public record ExportReading(long number, Path target, State state, long rows, double ratio, String problem) {
    /// Whether it goes on, and if not, why. Only a file that is DONE is there.
    public enum State {
        RUNNING, DONE, CANCELLED, FAILED
    }
}
