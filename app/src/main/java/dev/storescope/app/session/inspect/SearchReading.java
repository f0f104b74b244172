package dev.storescope.app.session.inspect;

import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.MessageQuery;
import java.util.List;

/// How far a search is.
///
/// @param number counts up with each search
/// @param found by offset; at most [#MOST_FOUND]
/// @param lookedBytes of the log files
/// @param problem why it failed; "" when it did not
public record SearchReading(long number, MessageQuery query, List<BrowsedRow> found, State state, long lookedBytes,
        long totalBytes, String problem) {
    /// A search ends by itself when it has found so many.
    public static final int MOST_FOUND = 10_000;

    public SearchReading {
        found = List.copyOf(found);
    }

    /// Whether it goes on, and if not, why.
    public enum State {
        RUNNING,
        /// The whole log was looked through.
        DONE,
        /// [#MOST_FOUND] were found; there may be more.
        ENOUGH, CANCELLED, FAILED
    }
}
