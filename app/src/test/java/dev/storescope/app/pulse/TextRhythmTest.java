package dev.storescope.app.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.Frame.Beat;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.engine.load.LoadSpec;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TextRhythmTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final TextRhythm rhythm = new TextRhythm();

    @Test
    void shouldWriteNumbersTenTimesASecondWhileThereIsRoom() {
        assertThat(textFramesInASecondAt(FrameRate.FASTEST)).isEqualTo(10);
    }

    @Test
    void shouldWriteNumbersHalfAsOftenWhenTheMachineIsFull() {
        assertThat(textFramesInASecondAt(FrameRate.SLOWEST)).isEqualTo(5);
    }

    @Test
    void shouldWriteAtOnceWhenAnotherStoreIsOpen() {
        // given
        rhythm.next(0, reading(1), FrameRate.SLOWEST);

        // when
        Beat same = rhythm.next(1, reading(1), FrameRate.SLOWEST);
        Beat other = rhythm.next(2, reading(2), FrameRate.SLOWEST);

        // then
        assertThat(same).isEqualTo(Beat.BETWEEN);
        assertThat(other).isEqualTo(Beat.TEXT);
    }

    @Test
    void shouldWriteWithTheNextFrameForOneWhoWasNotSeenBefore() {
        // given
        rhythm.next(0, reading(1), FrameRate.FASTEST);

        // when
        rhythm.hasten();

        // then
        assertThat(rhythm.next(1, reading(1), FrameRate.FASTEST)).isEqualTo(Beat.TEXT);
        assertThat(rhythm.next(2, reading(1), FrameRate.FASTEST)).isEqualTo(Beat.BETWEEN);
    }

    private long textFramesInASecondAt(int framesPerSecond) {
        return LongStream.range(0, framesPerSecond)
                .map(frame -> SECOND_NS + frame * SECOND_NS / framesPerSecond)
                .filter(now -> rhythm.next(now, reading(1), framesPerSecond) == Beat.TEXT)
                .count();
    }

    private static SessionReading reading(long generation) {
        return new SessionReading(generation, new SessionState.NoStore(), Optional.empty(), LoadSpec.builder().build(),
                Optional.empty());
    }
}
