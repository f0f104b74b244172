package dev.storescope.app.session.trace;

import java.util.Optional;
import java.util.function.Supplier;

/// What may be shown over time.
///
/// @param generation changes when another recording is begun
/// @param recording grows on; where one can travel it holds the run up to the latest moment that it has been at, also
///     while the world is in its past
/// @param copier copies it, as it is when asked, for whoever keeps it or reads it on another thread
/// @param travel how to go to another moment; nothing in Live
public record TraceReading(long generation, Recording recording, Supplier<Recording> copier,
        Optional<TimeTravel> travel) {
    /// While no store is open.
    public static final TraceReading NONE = new TraceReading(0, Recording.EMPTY, () -> Recording.EMPTY,
            Optional.empty());

    /// Of a recorder, in a world in which one cannot travel.
    public static TraceReading of(long generation, Recorder recorder) {
        return new TraceReading(generation, recorder.recording(), recorder::copy, Optional.empty());
    }
}
