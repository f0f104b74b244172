package dev.storescope.app.session.scenario;

import dev.storescope.engine.probe.ProbePoint;
import java.util.Optional;

/// Something that happens in a run, nobody knows beforehand when.
public sealed interface Condition {
    /// An event is told.
    ///
    /// @param thread by which; nothing for any
    /// @param number the first, the second, …; from 1
    record EventIs(ProbePoint point, Optional<String> thread, long number) implements Condition {
    }

    /// The store is like that, as seen at its events.
    record StateIs(Quantity quantity, Bound bound) implements Condition {
    }
}
