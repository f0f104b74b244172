package dev.storescope.app.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.Frame.Beat;
import dev.storescope.app.pulse.FrameRate.Room;
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
        assertThat(textFramesInASecondAt(FrameRate.FASTEST, Room.AMPLE)).isEqualTo(10);
    }

    @Test
    void shouldWriteNumbersHalfAsOftenWhenTheMachineIsFull() {
        assertThat(textFramesInASecondAt(FrameRate.SLOWEST, Room.SCARCE)).isEqualTo(5);
    }

    @Test
    void shouldWriteNumbersHalfAsOftenAtFullRateToo() {
        assertThat(textFramesInASecondAt(FrameRate.FASTEST, Room.SCARCE)).isEqualTo(5);
    }

    @Test
    void shouldWriteAtOnceWhenAnotherStoreIsOpen() {
        // given
        rhythm.next(0, reading(1), Room.SCARCE);

        // when
        Beat same = rhythm.next(1, reading(1), Room.SCARCE);
        Beat other = rhythm.next(2, reading(2), Room.SCARCE);

        // then
        assertThat(same).isEqualTo(Beat.BETWEEN);
        assertThat(other).isEqualTo(Beat.TEXT);
    }

    @Test
    void shouldWriteWithTheNextFrameForOneWhoWasNotSeenBefore() {
        // given
        rhythm.next(0, reading(1), Room.AMPLE);

        // when
        rhythm.hasten();

        // then
        assertThat(rhythm.next(1, reading(1), Room.AMPLE)).isEqualTo(Beat.TEXT);
        assertThat(rhythm.next(2, reading(1), Room.AMPLE)).isEqualTo(Beat.BETWEEN);
    }

    private long textFramesInASecondAt(int framesPerSecond, Room room) {
        return LongStream.range(0, framesPerSecond)
                .map(frame -> SECOND_NS + frame * SECOND_NS / framesPerSecond)
                .filter(now -> rhythm.next(now, reading(1), room) == Beat.TEXT)
                .count();
    }

    private static SessionReading reading(long generation) {
        return new SessionReading(generation, new SessionState.NoStore(), Optional.empty(), LoadSpec.builder().build(),
                Optional.empty());
    }
}
