package dev.storescope.app.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.FrameRate.Room;
import org.junit.jupiter.api.Test;

class FrameRateTest {
    private static final int CORES = 2;
    /// What a frame costs the window's threads.
    private static final double CORES_A_FRAME_PER_SECOND = 0.01;

    private final FrameRate rate = new FrameRate();
    private int seconds;

    @Test
    void shouldBeginAtFullRate() {
        assertThat(rate.wanted()).isEqualTo(FrameRate.FASTEST);
        assertThat(framesInASecond(16_666_667)).isBetween(60, 61);
    }

    @Test
    void shouldStayAtFullRateWhileACoreIsFree() {
        observe(1.0);

        assertThat(rate.wanted()).isEqualTo(FrameRate.FASTEST);
    }

    @Test
    void shouldGoDownToTheSlowestWhenProducersTakeWhateverIsLeft() {
        for (int i = 0; i < 10; i++) {
            observe(CORES - share());
        }

        assertThat(rate.wanted()).isEqualTo(FrameRate.SLOWEST);
    }

    @Test
    void shouldShowAsManyFramesAsAreWantedThoughPulsesAreKeptWaiting() {
        // given
        for (int i = 0; i < 10; i++) {
            observe(CORES - share());
        }
        // when pulses come evenly, and when they come so rarely that two of them are too many and one is too few
        int even = framesInASecond(16_666_667);
        int late = framesInASecond(30_000_000);
        // then
        assertThat(even).isBetween(FrameRate.SLOWEST, FrameRate.SLOWEST + 1);
        assertThat(late).isBetween(FrameRate.SLOWEST, FrameRate.SLOWEST + 1);
    }

    @Test
    void shouldNotMakeUpForFramesThatCouldNotBeShown() {
        // given
        for (int i = 0; i < 10; i++) {
            observe(CORES - share());
        }
        assertThat(rate.takeDue(0)).isTrue();
        // when a pulse is two seconds late
        assertThat(rate.takeDue(2_000_000_000L)).isTrue();
        // then
        assertThat(rate.takeDue(2_016_000_000L)).isFalse();
        assertThat(rate.takeDue(2_033_000_000L)).isTrue();
        assertThat(rate.takeDue(2_066_000_000L)).isFalse();
        assertThat(rate.takeDue(2_083_000_000L)).isTrue();
    }

    @Test
    void shouldComeBackWhenTheProducersStop() {
        // given
        for (int i = 0; i < 10; i++) {
            observe(CORES - share());
        }
        // when two seconds pass
        for (int i = 0; i < 4; i++) {
            observe(0.2);
        }
        // then
        assertThat(rate.wanted()).isEqualTo(FrameRate.FASTEST);
    }

    @Test
    void shouldStaySlowThoughProducersWaitForTheDiskForAMoment() {
        // given
        for (int i = 0; i < 10; i++) {
            observe(CORES - share());
        }
        // when
        observe(1.4);
        // then
        assertThat(rate.wanted()).isEqualTo(FrameRate.SLOWEST);
    }

    @Test
    void shouldStayAtFullRateThoughAllCoresAreBusyForAMoment() {
        // given half a load
        for (int i = 0; i < 10; i++) {
            observe(1.0);
        }
        // when
        observe(CORES - share());
        // then
        assertThat(rate.wanted()).isEqualTo(FrameRate.FASTEST);
    }

    @Test
    void shouldBeLavishOnlyWhileThereIsACoreThatNobodyNeeds() {
        // given
        assertThat(rate.room()).isEqualTo(Room.AMPLE);
        observe(0.3);
        assertThat(rate.room()).isEqualTo(Room.AMPLE);
        // when
        for (int i = 0; i < 10; i++) {
            observe(1.1);
        }
        // then
        assertThat(rate.wanted()).isEqualTo(FrameRate.FASTEST);
        assertThat(rate.room()).isEqualTo(Room.SCARCE);
    }

    @Test
    void shouldDrawLessWhenFramesAreCostly() {
        rate.observe(CORES, 1.2, 0.9, 30);

        assertThat(rate.wanted()).isLessThan(FrameRate.FASTEST);
    }

    @Test
    void shouldIgnoreATimeWithoutFrames() {
        rate.observe(CORES, 2, 0, 0);

        assertThat(rate.wanted()).isEqualTo(FrameRate.FASTEST);
    }

    private double share() {
        return rate.wanted() * CORES_A_FRAME_PER_SECOND;
    }

    /// @param others cores that everything but the window keeps busy
    private void observe(double others) {
        rate.observe(CORES, others + share(), share(), rate.wanted());
    }

    private int framesInASecond(long betweenPulsesNs) {
        int frames = 0;
        seconds++;
        for (long at = 0; at <= 1_000_000_000L; at += betweenPulsesNs) {
            if (rate.takeDue(seconds * 10_000_000_000L + at)) {
                frames++;
            }
        }
        return frames;
    }
}
