package dev.storescope.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    private static final long SECOND_NS = 1_000_000_000;
    /// Times come out of floating point: they may be off by this.
    private static final long ROUNDING_NS = 1_000;

    @Test
    void shouldSpaceAConstantRateEvenly() {
        // given
        Schedule schedule = Schedule.of(new Pacing.Constant(4));
        // when
        List<Long> times = LongStream.range(0, 4).mapToObj(schedule::timeOf).toList();
        // then
        assertThat(times).containsExactly(0L, SECOND_NS / 4, SECOND_NS / 2, 3 * SECOND_NS / 4);
        assertThat(schedule.dueBy(SECOND_NS)).isEqualTo(5);
        assertThat(schedule.rateAt(SECOND_NS)).hasValue(4);
    }

    @Test
    void shouldNeverBeDueAtARateOfZero() {
        Schedule schedule = Schedule.of(new Pacing.Constant(0));

        assertThat(schedule.timeOf(0)).isEqualTo(Schedule.NEVER);
        assertThat(schedule.dueBy(1_000 * SECOND_NS)).isZero();
    }

    @Test
    void shouldRampBetweenTwoRatesAndGoOnAtTheSecond() {
        // given
        Schedule schedule = Schedule.of(new Pacing.Ramp(100, 300, 10));
        // when
        long inFirstSecond = schedule.dueBy(SECOND_NS) - schedule.dueBy(0);
        long onTheSlope = schedule.dueBy(10 * SECOND_NS) - schedule.dueBy(0);
        long inLastSecond = schedule.dueBy(21 * SECOND_NS) - schedule.dueBy(20 * SECOND_NS);
        // then
        assertThat(inFirstSecond).isEqualTo(110);
        assertThat(onTheSlope).isEqualTo(2_000);
        assertThat(inLastSecond).isEqualTo(300);
        assertThat(schedule.rateAt(5 * SECOND_NS).getAsDouble()).isCloseTo(200, within(1e-9));
    }

    @Test
    void shouldEndForGoodAfterARampToZero() {
        // given
        Schedule schedule = Schedule.of(new Pacing.Ramp(100, 0, 10));
        // when
        long last = schedule.timeOf(499);
        // then
        assertThat(last).isBetween(9 * SECOND_NS, 10 * SECOND_NS);
        assertThat(schedule.timeOf(501)).isEqualTo(Schedule.NEVER);
        assertThat(schedule.dueBy(1_000 * SECOND_NS)).isEqualTo(501);
    }

    @Test
    void shouldClimbInStepsAndStayOnTheLast() {
        // given
        Schedule schedule = Schedule.of(new Pacing.Steps(100, 50, 2, 2));
        // when
        List<Long> everySecond = LongStream.range(0, 8)
                .mapToObj(second -> schedule.dueBy((second + 1) * SECOND_NS) - schedule.dueBy(second * SECOND_NS))
                .toList();
        // then
        assertThat(everySecond).containsExactly(100L, 100L, 150L, 150L, 200L, 200L, 200L, 200L);
    }

    @Test
    void shouldSendABurstAtOneMoment() {
        // given
        Schedule schedule = Schedule.of(new Pacing.Bursts(3, 2));
        // when
        List<Long> times = LongStream.range(0, 7).mapToObj(schedule::timeOf).toList();
        // then
        assertThat(times).containsExactly(0L, 0L, 0L, 2 * SECOND_NS, 2 * SECOND_NS, 2 * SECOND_NS, 4 * SECOND_NS);
        assertThat(schedule.dueBy(2 * SECOND_NS - 1)).isEqualTo(3);
        assertThat(schedule.dueBy(2 * SECOND_NS)).isEqualTo(6);
        assertThat(schedule.rateAt(0)).hasValue(1.5);
    }

    @ParameterizedTest
    @MethodSource("pacings")
    void shouldCountAMessageAsDueFromItsMomentOn(Pacing pacing, long seed) {
        // given
        Schedule schedule = Schedule.of(pacing);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            long message = random.nextLong(1, 100_000);
            // when
            long time = schedule.timeOf(message);
            // then
            if (time != Schedule.NEVER) {
                assertThat(schedule.dueBy(time + ROUNDING_NS)).as("%s, message %d, seed %d", pacing, message, seed)
                        .isGreaterThan(message);
                assertThat(schedule.dueBy(time - ROUNDING_NS)).as("%s, message %d, seed %d", pacing, message, seed)
                        .isLessThanOrEqualTo(message);
                assertThat(schedule.timeOf(message - 1)).isLessThanOrEqualTo(time);
            }
        }
    }

    static Stream<Arguments> pacings() {
        long seed = System.nanoTime();
        return Stream
                .of(new Pacing.Constant(0.5), new Pacing.Constant(33_333), new Pacing.Ramp(0, 5_000, 20),
                        new Pacing.Ramp(5_000, 10, 30), new Pacing.Ramp(700, 700, 3),
                        new Pacing.Steps(10, 500, 1.5, 9), new Pacing.Steps(1_000, -100, 2, 9),
                        new Pacing.Bursts(250, 0.7))
                .map(pacing -> Arguments.of(pacing, seed));
    }
}
