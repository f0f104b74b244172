package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.Words;
import dev.storescope.app.session.scenario.file.ScenarioReader;
import dev.storescope.app.session.scenario.file.ScenarioWriter;
import dev.storescope.app.session.simulated.FirstWorld;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldDriver;
import dev.storescope.app.session.simulated.WorldListener;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.torture.TortureCase;
import dev.storescope.engine.torture.TortureMode;
import dev.storescope.engine.torture.TortureRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done by hand in a simulated world, what torture found, and what a file says are the same run wherever it is run.
class SavedScenarioTest {
    private static final long MILLI = 1_000_000;
    private static final long EVER = Long.MAX_VALUE / 2;

    @TempDir private Path folder;

    private final List<String> failures = new ArrayList<>();
    private final WorldDriver driver = new WorldDriver(FirstWorld.scenario(), Speed.AS_FAST_AS_IT_GOES,
            new WorldListener() {
                @Override
                public void done(String textKey, Object... values) {
                    // nobody reads it
                }

                @Override
                public void failed(String textKey, String detail) {
                    failures.add(detail);
                }
            }, System::nanoTime);

    @AfterEach
    void close() {
        driver.close();
        assertThat(failures).isEmpty();
    }

    private long hash() {
        return driver.ask(Simulation::traceHash).join();
    }

    private void runTo(long nanos) {
        driver.runTo(new Moment.AtTime(nanos)).join();
    }

    private Path saved() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Scenario recorded = driver.recorded().join().withTitle(Words.english("Mine"), Words.english("By hand: 1, 2"));
        ScenarioWriter.write(recorded, file);
        return file;
    }

    @Test
    void shouldGiveTheSameRunAgainFromTheFileInTheWindowAndWithoutOne() throws IOException {
        // given a run in which things were done by hand
        runTo(20 * MILLI);
        driver.act(_ -> List.of(new Action.TurnOn(new Fault.SlowForce(2_000_000)))).join();
        runTo(40 * MILLI);
        driver.crash(Crash.Kind.POWER_CUT).join();
        driver.reopen().join();
        runTo(60 * MILLI);
        long hash = hash();
        // when
        Path file = saved();
        driver.begin(ScenarioReader.read(file)).join();
        runTo(EVER);
        // then
        assertThat(hash()).isEqualTo(hash);
        assertThat(driver.read().title()).isEqualTo("Mine");
        // when
        CommandRun simulate = CommandRun.of("simulate", file);
        // then
        assertThat(simulate.err()).isEmpty();
        assertThat(simulate.outText()).contains("trace hash  %016x".formatted(hash));
    }

    @Test
    void shouldSaveTheBranchThatIsShownUpToWhereItStands() throws IOException {
        // given
        runTo(30 * MILLI);
        driver.travelTo(10 * MILLI).join();
        driver.act(_ -> List.of(new Action.TurnOn(new Fault.SlowForce(1_000_000)))).join();
        driver.runTo(new Moment.AtStep(driver.read().steps() + 777, 0)).join();
        long hash = hash();
        // when
        CommandRun simulate = CommandRun.of("simulate", saved());
        // then
        assertThat(simulate.outText()).contains("trace hash  %016x".formatted(hash));
    }

    @Test
    void shouldShowTheVeryRunOfATortureSeedInTheWindow() throws IOException {
        for (TortureMode mode : TortureMode.values()) {
            // given
            String name = mode.name().toLowerCase(java.util.Locale.ROOT);
            CommandRun.of("torture", "--first", "8", "--seeds", "1", "--mode", name, "--save", folder);
            // when
            driver.begin(ScenarioReader.read(folder.resolve("torture-%s-8.yaml".formatted(name)))).join();
            runTo(EVER);
            // then
            assertThat(hash()).as("seed 8, mode %s", name)
                    .isEqualTo(TortureRun.of(TortureCase.of(8, mode)).traceHash());
        }
    }
}
