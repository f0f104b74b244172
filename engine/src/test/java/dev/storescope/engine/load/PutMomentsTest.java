package dev.storescope.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PutMomentsTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    @ParameterizedTest
    @MethodSource("slowPacings")
    void shouldLeaveEachPutItsOwnMomentUpToAThousandASecond(Pacing pacing) {
        // given
        LoadSpec spec = spec(pacing, 4, 1);
        Schedule schedule = Schedule.of(pacing);
        for (int producer = 0; producer < 4; producer++) {
            PutMoments moments = new PutMoments(schedule, spec, producer);
            // then
            assertThat(moments.isEverTogether()).isFalse();
            for (long put = producer; put < 20_000; put += 4) {
                assertThat(moments.timeOf(put)).isEqualTo(schedule.timeOf(put));
            }
            for (long time = -MS; time < 5 * SECOND; time += 333_333) {
                assertThat(moments.dueBy(time)).isEqualTo(schedule.dueBy(time));
            }
        }
    }

    static Stream<Pacing> slowPacings() {
        return Stream.of(new Pacing.Constant(4_000), new Pacing.Constant(0), new Pacing.Ramp(0, 4_000, 2),
                new Pacing.Steps(4_000, -100, 1, 9), new Pacing.Bursts(1_000_000, 0.5), new Pacing.ClosedLoop());
    }

    @Test
    void shouldBringPutsTogetherAtTheEndOfTheirMillisecond() {
        // given 5,000 a second for each producer, whose milliseconds begin half of one apart
        LoadSpec spec = spec(new Pacing.Constant(10_000), 2, 1);
        Schedule schedule = Schedule.of(spec.pacing());
        // when
        List<Long> first = timesOf(new PutMoments(schedule, spec, 0), 0, 12);
        List<Long> second = timesOf(new PutMoments(schedule, spec, 1), 1, 12);
        // then
        assertThat(first).containsExactly(0L, MS, MS, MS, MS, MS, 2 * MS, 2 * MS, 2 * MS, 2 * MS, 2 * MS, 3 * MS);
        assertThat(second).containsExactly(MS / 2, MS / 2, MS / 2, MS * 3 / 2, MS * 3 / 2, MS * 3 / 2, MS * 3 / 2,
                MS * 3 / 2, MS * 5 / 2, MS * 5 / 2, MS * 5 / 2, MS * 5 / 2);
    }

    @Test
    void shouldCountWholeBatchesAsPuts() {
        // given 20,000 messages a second for each producer, in 1,000 puts, and 21,000 in 1,050
        LoadSpec alone = spec(new Pacing.Constant(40_000), 2, 20);
        LoadSpec together = spec(new Pacing.Constant(42_000), 2, 20);
        // then
        assertThat(new PutMoments(Schedule.of(alone.pacing()), alone, 1).isEverTogether()).isFalse();
        assertThat(new PutMoments(Schedule.of(together.pacing()), together, 1).isEverTogether()).isTrue();
        assertThat(new PutMoments(Schedule.of(together.pacing()), together, 0).dueBy(SECOND)).isEqualTo(2_101);
    }

    @ParameterizedTest
    @MethodSource("fastRates")
    void shouldHaveAsMuchDueInEverySecondAsTheRateSays(double perSecond, int producers) {
        // given
        LoadSpec spec = spec(new Pacing.Constant(perSecond), producers, 1);
        Schedule schedule = Schedule.of(spec.pacing());
        long from = 5_777_777;
        // when
        long due = IntStream.range(0, producers)
                .mapToObj(producer -> new PutMoments(schedule, spec, producer))
                .mapToLong(moments -> moments.ownDueBy(from + 3 * SECOND) - moments.ownDueBy(from))
                .sum();
        // then a producer may have one more or one less, when the rate is not a whole number for each
        assertThat(due).isBetween((long) (3 * perSecond) - producers, (long) (3 * perSecond) + producers);
        if (perSecond % producers == 0) {
            assertThat(due).isEqualTo((long) (3 * perSecond));
        }
    }

    static Stream<Arguments> fastRates() {
        return Stream.of(Arguments.of(250_000.0, 16), Arguments.of(333_333.0, 16), Arguments.of(10_000.0, 1),
                Arguments.of(1_000_001.0, 7), Arguments.of(48_000.0, 16));
    }

    @ParameterizedTest
    @MethodSource("pacings")
    void shouldCountAPutAsDueFromItsMomentOnAndNeverBeforeTheScheduleDoes(Pacing pacing, int producers, int batchSize,
            long seed) {
        // given
        LoadSpec spec = spec(pacing, producers, batchSize);
        Schedule schedule = Schedule.of(pacing);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            PutMoments moments = new PutMoments(schedule, spec, random.nextInt(producers));
            long put = random.nextLong(1, 100_000);
            String which = "%s, %d producers, put %d, seed %d".formatted(pacing, producers, put, seed);
            // when
            long time = moments.timeOf(put);
            // then
            long scheduled = schedule.timeOf(put * batchSize);
            if (scheduled == Schedule.NEVER) {
                assertThat(time).as(which).isEqualTo(Schedule.NEVER);
            } else if (time == scheduled) {
                // Not moved, or at the end of its millisecond already; floating point may be off here.
                assertThat(moments.dueBy(time + 1_000)).as(which).isGreaterThan(put);
            } else {
                assertThat(time).as(which).isBetween(scheduled, scheduled + MS);
                assertThat(moments.dueBy(time)).as(which).isGreaterThan(put);
                assertThat(moments.dueBy(time - 1)).as(which).isLessThanOrEqualTo(put);
            }
            assertThat(moments.timeOf(put - 1)).as(which).isLessThanOrEqualTo(time);
        }
    }

    static Stream<Arguments> pacings() {
        long seed = System.nanoTime();
        return Stream.of(Arguments.of(new Pacing.Constant(250_000), 16, 1, seed),
                Arguments.of(new Pacing.Constant(333_333), 7, 1, seed),
                Arguments.of(new Pacing.Constant(5_000), 1, 3, seed),
                Arguments.of(new Pacing.Ramp(0, 50_000, 3), 4, 1, seed),
                Arguments.of(new Pacing.Ramp(50_000, 0, 3), 4, 1, seed),
                Arguments.of(new Pacing.Steps(1_000, 700, 0.7, 20), 3, 1, seed),
                Arguments.of(new Pacing.Steps(15_000, -1_500, 0.7501, 10), 3, 2, seed),
                Arguments.of(new Pacing.Bursts(70_000, 0.3), 2, 1, seed));
    }

    private static List<Long> timesOf(PutMoments moments, int firstPut, int count) {
        return LongStream.range(0, count).mapToObj(i -> moments.timeOf(firstPut + 2 * i)).toList();
    }

    private static LoadSpec spec(Pacing pacing, int producers, int batchSize) {
        return LoadSpec.builder().pacing(pacing).producers(producers).batchSize(batchSize).build();
    }
}
