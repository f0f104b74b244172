package dev.storescope.app.session.inspect;

import dev.storescope.engine.inspect.check.CheckFault;
import dev.storescope.engine.inspect.check.CheckReport;
import java.util.Optional;

/// How far the proof of a whole store is.
///
/// @param part what is being read
/// @param doneBytes of the files of that part
/// @param report when it is done
/// @param problem why it failed; "" when it did not
public record CheckReading(State state, CheckFault.Part part, long doneBytes, long totalBytes,
        Optional<CheckReport> report, String problem) {
    /// Whether it goes on, and if not, why.
    public enum State {
        RUNNING, DONE, CANCELLED, FAILED
    }
}
