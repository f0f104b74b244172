package dev.storescope.app.session.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.trace.SpanStatistics.Line;
import dev.storescope.engine.probe.ProbePoint;
import org.junit.jupiter.api.Test;

class SpanStatisticsTest {
    private final Recorder recorder = new Recorder(1, 10_000);

    private void force(long from, long to) {
        recorder.onEvent(from, "FlushRealTimeService", ProbePoint.FORCE_BEGIN, 0, 1, 0);
        recorder.onEvent(to, "FlushRealTimeService", ProbePoint.FORCE_END, 0, 1, to - from);
    }

    @Test
    void shouldCountWhatEndsBetweenAndSumWhatLiesBetween() {
        // given
        force(0, 100);
        force(200, 210);
        force(300, 340);
        force(400, 500);
        force(1_000, 9_000);
        recorder.onEvent(450, "ReputMessageService", ProbePoint.DISPATCHED, 0, 1, 0);
        // when
        var lines = SpanStatistics.between(recorder.recording(), 50, 460);
        // then
        assertThat(lines).containsExactly(
                new Line(TraceKind.FORCE, 3, 50 + 10 + 40 + 60, 40, 100),
                new Line(TraceKind.DISPATCHED, 1, 0, 0, 0));
    }

    @Test
    void shouldSayThatNoneEndedThoughOneFilledTheTime() {
        force(0, 1_000);

        assertThat(SpanStatistics.between(recorder.recording(), 100, 200))
                .containsExactly(new Line(TraceKind.FORCE, 0, 100, 0, 0));
    }

    @Test
    void shouldSayNothingOfATimeInWhichNothingWas() {
        force(0, 10);

        assertThat(SpanStatistics.between(recorder.recording(), 100, 200)).isEmpty();
    }
}
