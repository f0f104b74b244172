package dev.storescope.app.panel.timeline;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.trace.Recorder;
import dev.storescope.app.session.trace.TimeTravel;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.probe.ProbePoint;
import java.util.Optional;

/// A store that has told what each test says, and frames that show it. Times are microseconds.
final class Recorded {
    static final String FLUSHER = "GroupCommitService";
    private static final long MICRO = 1_000;

    private Recorder recorder = new Recorder(16, 100_000);
    private final Readings readings = new Readings();
    private Optional<TimeTravel> travel = Optional.empty();
    private long generation = 1;

    Recorded force(long from, long to, long offset, long bytes) {
        event(from, FLUSHER, ProbePoint.LISTS_SWAPPED, 3, 0);
        event(from, FLUSHER, ProbePoint.FORCE_BEGIN, offset, bytes);
        event(to, FLUSHER, ProbePoint.FORCE_END, offset + bytes, bytes);
        return this;
    }

    /// A put that waits for its lock, appends, and waits for the force, a quarter of the time each, lock and append taking
    /// one together.
    Recorded put(int producer, long from, long to, long offset, long bytes) {
        String thread = "producer-" + producer;
        long quarter = (to - from) / 4;
        event(from, thread, ProbePoint.PUT_BEGIN, bytes, 0);
        event(from, thread, ProbePoint.LOCK_WAIT, 0, 0);
        event(from + quarter, thread, ProbePoint.LOCK_ACQUIRED, 0, 0);
        event(from + 2 * quarter, thread, ProbePoint.APPEND, offset, bytes);
        event(from + 2 * quarter, thread, ProbePoint.LOCK_RELEASED, 0, 0);
        event(from + 2 * quarter, thread, ProbePoint.FLUSH_REQUESTED, offset + bytes, 1);
        event(to, thread, ProbePoint.PUT_END, offset + bytes, 0);
        return this;
    }

    Recorded event(long micros, String thread, ProbePoint point, long a, long b) {
        recorder.onEvent(micros * MICRO, thread, point, a, b, 0);
        return this;
    }

    Recorded lost(String thread, long events) {
        recorder.onLost(thread, events);
        return this;
    }

    Recorded restarted() {
        generation++;
        recorder = new Recorder(16, 100_000);
        return this;
    }

    Recorded withTravel(TimeTravel to) {
        travel = Optional.of(to);
        return this;
    }

    Recorder recorder() {
        return recorder;
    }

    /// A second after the one before.
    Frame frame() {
        Frame plain = readings.after(1).frame();
        TraceReading trace = TraceReading.of(generation, recorder);
        return new Frame(plain.nowNanos(), Frame.Beat.TEXT, plain.reading(),
                new TraceReading(generation, trace.recording(), trace.copier(), travel), plain.rates(),
                plain.intervals(), plain.pace());
    }
}
