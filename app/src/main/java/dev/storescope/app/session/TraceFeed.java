package dev.storescope.app.session;

import dev.storescope.app.session.simulated.WorldDriver;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.session.simulated.WorldView;
import dev.storescope.app.session.trace.Recorder;
import dev.storescope.app.session.trace.TimeTravel;
import dev.storescope.app.session.trace.TraceReading;
import java.util.Optional;

/// Records what the threads of a simulated world do, over the whole of a run. One that is gone back in tells the same
/// events again, which have the same numbers: each is recorded once.
///
/// Threads: the JavaFX thread.
final class TraceFeed {
    private final WorldDriver driver;
    private final TimeTravel travel = new Travel();
    private Recorder recorder = new Recorder(1, Recorder.DEFAULT_SPANS);
    private long recording;
    /// Number of the first event that is not recorded yet.
    private long next;

    TraceFeed(WorldDriver driver) {
        this.driver = driver;
    }

    TraceReading read() {
        WorldView.Told told = driver.view().told();
        if (told.recording() != recording) {
            recorder = new Recorder(1, Recorder.DEFAULT_SPANS);
            recording = told.recording();
            next = 0;
        }
        if (told.size() > next) {
            long forgotten = told.events().replay(next, told.size(), recorder);
            next = told.size();
            if (forgotten > 0) {
                recorder.lost(0, driver.read().nanos(), forgotten);
            }
        }
        driver.read().lastCrash().ifPresent(crash -> recorder.died(crash.nanos()));
        return new TraceReading(recording, recorder.recording(), recorder::copy, Optional.of(travel));
    }

    private final class Travel implements TimeTravel {
        @Override
        public long earliestNanos() {
            return 0;
        }

        @Override
        public long nowNanos() {
            return driver.read().nanos();
        }

        @Override
        public long latestNanos() {
            return driver.read().latestNanos();
        }

        @Override
        public void travelTo(long nanoTime) {
            WorldReading now = driver.read();
            driver.travelTo(Math.clamp(nanoTime, 0, Math.max(0, now.latestNanos())));
        }
    }
}
