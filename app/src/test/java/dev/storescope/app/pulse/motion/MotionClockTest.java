package dev.storescope.app.pulse.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.pulse.motion.Motion.Mode;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldMoment;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.theme.MotionWish;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MotionClockTest {
    private static final long FRAME_NS = 16_000_000;
    private static final Speed SLOW = new Speed(1_000);

    private final MotionClock clock = new MotionClock();
    private long realNanos;
    private long steps;

    @Test
    void shouldShowNothingSingleInLive() {
        assertThat(clock.next(0, 1, Optional.empty())).isEqualTo(Motion.NONE);
    }

    @Test
    void shouldShowNothingSingleWhenTheWorldIsTooFastToBeFollowed() {
        assertThat(running(1_000, Speed.REAL_TIME).mode()).isEqualTo(Mode.NONE);
        assertThat(running(2_000, Speed.AS_FAST_AS_IT_GOES).mode()).isEqualTo(Mode.NONE);
    }

    @Test
    void shouldGlideForAQuarterOfASecondOfRealTimeAtMost() {
        running(1_000, SLOW);

        Motion motion = running(2_000, SLOW);

        assertThat(motion.mode()).isEqualTo(Mode.GLIDES);
        assertThat(motion.glideNs(Long.MAX_VALUE)).isEqualTo(Motion.GLIDE_REAL_NS / 1_000);
        assertThat(motion.glideNs(700)).isEqualTo(700);
    }

    @Test
    void shouldBeExactWhereTheWorldStandsAndTakeAMomentToBeSeenThere() {
        // given
        running(1_000, SLOW);
        // when it comes to stand
        Motion first = standing(2_000, 1);
        realNanos += Motion.GLIDE_REAL_NS / 2 - FRAME_NS;
        Motion between = standing(2_000, 0);
        realNanos += Motion.GLIDE_REAL_NS;
        Motion last = standing(2_000, 0);
        // then
        assertThat(first.mode()).isEqualTo(Mode.EXACT);
        assertThat(first.glideNs(Long.MAX_VALUE)).isZero();
        assertThat(first.arrived()).isZero();
        assertThat(between.arrived()).isEqualTo(0.5, within(1e-6));
        assertThat(last.arrived()).isEqualTo(1);
        assertThat(last.changes()).isEqualTo(first.changes());
    }

    @Test
    void shouldShowAStepEvenWhenItTookNoTime() {
        // given
        standing(2_000, 1);
        // when
        Motion stepped = standing(2_000, 1);
        // then
        assertThat(stepped.arrived()).isZero();
    }

    @Test
    void shouldJumpBackAtOnce() {
        // given
        standing(2_000, 1);
        standing(3_000, 2);
        // when
        Motion back = standing(2_000, -2);
        // then
        assertThat(back.arrived()).isEqualTo(1);
        assertThat(back.nanos()).isEqualTo(2_000);
    }

    @Test
    void shouldNotShowAgainWhatWasSeenWhereTheWorldStood() {
        // given
        running(1_000, SLOW);
        standing(2_000, 1);
        // when
        Motion motion = running(2_010, SLOW);
        // then
        assertThat(motion.settledNanos()).isEqualTo(2_000);
    }

    @Test
    void shouldTakeWhatLiesBeforeAJumpAsSeen() {
        // given
        running(9_000, SLOW);
        // when
        Motion back = running(4_000, SLOW);
        // then
        assertThat(back.settledNanos()).isEqualTo(4_000);
    }

    @Test
    void shouldJumpFromStateToStateWithReducedMotion() {
        // given
        clock.wish(MotionWish.REDUCED);
        running(1_000, SLOW);
        // when
        Motion moving = running(2_000, SLOW);
        Motion stepped = standing(3_000, 2);
        // then
        assertThat(moving.mode()).isEqualTo(Mode.EXACT);
        assertThat(moving.glideNs(Long.MAX_VALUE)).isZero();
        assertThat(moving.arrived()).isEqualTo(1);
        assertThat(stepped.arrived()).isEqualTo(1);
    }

    private Motion running(long nanos, Speed speed) {
        steps++;
        return next(nanos, Standing.RUNS, speed);
    }

    /// @param moreSteps than it had made before
    private Motion standing(long nanos, int moreSteps) {
        steps += moreSteps;
        return next(nanos, Standing.STANDS, SLOW);
    }

    private Motion next(long nanos, Standing standing, Speed speed) {
        realNanos += FRAME_NS;
        return clock.next(realNanos, 1,
                Optional.of(new WorldMoment(nanos, steps, standing, speed, _ -> OptionalLong.empty())));
    }
}
