package dev.storescope.app.pulse;

import dev.storescope.app.pulse.Frame.Beat;
import dev.storescope.app.session.SessionReading;
import dev.storescope.engine.load.LoadSnapshot;
import java.util.Optional;

/// Decides in which frames numbers are written: ten times a second, five times when the machine has no core to spare, and
/// at once when something happens that the user waits for, such as a store that opens or a load that starts.
///
/// A frame that writes all numbers costs several times one that only moves what is drawn, and where others compete for the
/// processors it lasts longer than the time from one frame to the next.
///
/// Threads: one.
final class TextRhythm {
    /// Digits that change faster than ten times a second cannot be read. Somewhat less, since frames come in steps.
    static final long EVERY_NS = 95_000_000L;
    /// The screen leaves the processors to those who fill them.
    static final long EVERY_WHEN_BUSY_NS = 195_000_000L;

    private Optional<Standing> last = Optional.empty();
    private long writtenAt;
    private boolean hastened;

    /// What the user sees as one and the same state of affairs.
    private record Standing(long generation, Class<?> state, Optional<Object> load) {
        static Standing of(SessionReading reading) {
            return new Standing(reading.generation(), reading.state().getClass(),
                    reading.load().map(LoadSnapshot::state));
        }
    }

    /// Numbers are written with the next frame: somebody shows some that he has not shown before.
    void hasten() {
        hastened = true;
    }

    Beat next(long nowNanos, SessionReading reading, FrameRate.Room room) {
        long everyNs = switch (room) {
            case AMPLE -> EVERY_NS;
            case SCARCE -> EVERY_WHEN_BUSY_NS;
        };
        var standing = Standing.of(reading);
        boolean isDue = hastened || last.isEmpty()
                || !last.get().equals(standing)
                || nowNanos - writtenAt >= everyNs;
        if (!isDue) {
            return Beat.BETWEEN;
        }
        last = Optional.of(standing);
        writtenAt = nowNanos;
        hastened = false;
        return Beat.TEXT;
    }
}
