package dev.storescope.engine.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TortureTest {
    private static final long SEEDS = Long.getLong("storescope.torture", 10_000);
    private static final Logger ENGINE = Logger.getLogger("dev.storescope.engine");

    private Level levelBefore;

    /// Ten thousand stores that die have much to say.
    @BeforeEach
    void setUp() {
        levelBefore = ENGINE.getLevel();
        ENGINE.setLevel(Level.OFF);
    }

    @AfterEach
    void tearDown() {
        ENGINE.setLevel(levelBefore);
    }

    @Test
    void shouldKeepAllPromisesWithEverySeedOfTheFixedList() {
        // when
        TortureCampaign.Summary summary = Campaigns.play(new TortureCampaign(1, SEEDS, Optional.empty()),
                () -> false, TortureTest::print);
        // then
        assertThat(summary.failures()).extracting(it -> it.torture().seed()).as("seeds").isEmpty();
        assertThat(summary.seeds()).isEqualTo(SEEDS);
        assertThat(summary.crashes()).isGreaterThan(SEEDS);
        // and it was no idle run
        assertThat(summary.fates().keySet()).contains(Fate.ACKNOWLEDGED_KEPT, Fate.ACKNOWLEDGED_LOST,
                Fate.UNACKNOWLEDGED_KEPT, Fate.UNACKNOWLEDGED_GONE);
    }

    @Test
    void shouldLoseNoAcknowledgedMessageUnderSyncFlushThatWaitedForItsForce() {
        // given
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        for (long seed = 1; seed <= 300; seed++) {
            TortureCase torture = TortureCase.of(seed, TortureMode.SYNC);
            boolean waits = torture.lives().stream().allMatch(life -> life.load().waitStoreMsgOk());
            if (waits) {
                // when
                TortureRun.of(torture).fates().forEach((fate, count) -> fates.merge(fate, count, Long::sum));
            }
        }
        // then
        assertThat(fates.get(Fate.ACKNOWLEDGED_KEPT)).isGreaterThan(1_000);
        assertThat(fates).doesNotContainKey(Fate.ACKNOWLEDGED_LOST);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 477, 9_999})
    void shouldDoTheSameAgainWithTheSameSeed(long seed) {
        // when
        TortureResult one = TortureRun.of(TortureCase.of(seed));
        TortureResult other = TortureRun.of(TortureCase.of(seed));
        // then
        assertThat(other.traceHash()).isEqualTo(one.traceHash());
        assertThat(other.steps()).isEqualTo(one.steps());
        assertThat(other.fates()).isEqualTo(one.fates());
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 300, 336, 1_284, 1_867, 871_322})
    void shouldRecordWhatGivesTheVeryRunAgain(long seed) {
        // given
        TortureResult played = TortureRun.of(TortureCase.of(seed));
        try (Simulation replay = Simulation.start(played.recorded())) {
            // when
            Pause pause = replay.run(Until.step(played.steps()));
            // then
            assertThat(pause).isEqualTo(Pause.STEP);
            assertThat(replay.traceHash()).isEqualTo(played.traceHash());
            assertThat(replay.ledger().counts()).isEqualTo(played.fates());
        }
    }

    private static void print(TortureResult failure) {
        System.err.printf("torture: seed %d, %s: %s%n", failure.torture().seed(), failure.torture().mode(),
                failure.violations());
    }
}
