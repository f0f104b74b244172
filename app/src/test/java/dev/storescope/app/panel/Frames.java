package dev.storescope.app.panel;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.pulse.Rates;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSpec;
import java.util.Optional;

/// Frames for tests of view models, a second apart.
public final class Frames {
    private static final long SECOND_NS = 1_000_000_000L;

    private Frames() {
    }

    /// A frame of an open store, without load.
    public static Frame of(long number, StoreSnapshot snapshot) {
        return new Frame(number * SECOND_NS, Frame.Beat.TEXT,
                new SessionReading(1, new SessionState.Running(snapshot.config()), Optional.of(snapshot),
                        LoadSpec.builder().build(), Optional.empty()),
                TraceReading.NONE, Rates.UNKNOWN, Frame.Intervals.NONE, FramePace.UNKNOWN);
    }

    /// A frame while no store is open.
    public static Frame ofNothing(long number) {
        return new Frame(number * SECOND_NS, Frame.Beat.TEXT,
                new SessionReading(0, new SessionState.NoStore(), Optional.empty(), LoadSpec.builder().build(),
                        Optional.empty()),
                TraceReading.NONE, Rates.UNKNOWN, Frame.Intervals.NONE, FramePace.UNKNOWN);
    }
}
