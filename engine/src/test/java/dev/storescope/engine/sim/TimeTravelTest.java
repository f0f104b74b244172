package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.testing.Stores;
import org.junit.jupiter.api.Test;

class TimeTravelTest {
    private static final SimulationSpec SPEC = SimulationSpec
            .builder(Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH).build())
            .load(LoadSpec.builder()
                    .producers(3)
                    .pacing(new Pacing.Constant(3_000))
                    .body(new BodySize.Fixed(200))
                    .build())
            .build();
    private static final long PRESENT = 20_000;

    @Test
    void shouldGoBackStepByStepToTheVeryMoments() {
        try (Simulation present = Simulation.start(SPEC)) {
            // given
            present.run(Until.step(9_000));
            present.apply(new Action.CutPower());
            present.apply(new Action.Reopen());
            present.runWhile(Phase.OPENING);
            present.run(Until.step(PRESENT));
            try (TimeTravel past = new TimeTravel(present.recorded(), PRESENT)) {
                prepareAll(past);
                for (long step = PRESENT - 1; step > PRESENT - 4; step--) {
                    // when
                    long replayed = past.stepsToReplay(step);
                    try (Simulation before = past.at(step); Simulation expected = present.at(step)) {
                        // then
                        assertThat(before.steps()).isEqualTo(step);
                        assertThat(before.traceHash()).isEqualTo(expected.traceHash());
                        assertThat(before.snapshot()).isEqualTo(expected.snapshot());
                        assertThat(replayed).isLessThanOrEqualTo(TimeTravel.NEAREST_STEPS * 4);
                    }
                }
            }
        }
    }

    @Test
    void shouldMakeReadyAgainWhatWasUsedUpAndNothingElse() {
        try (TimeTravel past = new TimeTravel(SPEC, PRESENT)) {
            // given
            assertThat(past.stepsToReplay(PRESENT - 1)).isEqualTo(PRESENT - 1);
            prepareAll(past);
            assertThat(past.stepsToReplay(PRESENT - 1)).isLessThan(TimeTravel.NEAREST_STEPS);
            // when
            past.at(PRESENT - 1).close();
            // then
            assertThat(past.stepsToReplay(PRESENT - 2)).isGreaterThan(TimeTravel.NEAREST_STEPS);
            prepareAll(past);
            assertThat(past.stepsToReplay(PRESENT - 2)).isLessThanOrEqualTo(TimeTravel.NEAREST_STEPS);
            assertThat(past.prepare(1)).isFalse();
        }
    }

    private static void prepareAll(TimeTravel past) {
        while (past.prepare(1_000)) {
            // in pieces
        }
    }
}
