package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.Worlds.World;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.shell.runs.NewWorldForm;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user finds who goes from the store of this machine to a simulated one, and back.
@ExtendWith(WindowExtension.class)
class WorldsTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1_600, 1_000);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void fire(FxRobot robot, String query) {
        FxThread.await(() -> !robot.lookup(query).query().isDisabled());
        robot.interact(() -> robot.lookup(query).queryAs(javafx.scene.control.ButtonBase.class).fire());
    }

    private static ComboBox<String> disk(FxRobot robot) {
        return robot.lookup("#new-world-disk").queryComboBox();
    }

    private SimulatedWorld world() {
        return fixture.worlds.simulated().orElseThrow();
    }

    private void showSimulated(FxRobot robot) {
        fire(robot, "#world-simulated");
        fixture.await(() -> robot.lookup("#world-simulated").queryAs(ToggleButton.class).isSelected());
        fixture.await(() -> fixture.window.status().storeOpenProperty().get());
    }

    @Test
    void shouldShowASimulatedWorldAtItsBeginningAndLiveAsItWas(FxRobot robot) {
        // given
        fixture.openStore();
        fixture.session.changeLoad(_ -> LoadSpec.builder().pacing(new Pacing.Constant(500)).build()).join();
        fixture.session.startLoad().join();
        fixture.await(() -> fixture.acknowledged() > 0);
        // when
        showSimulated(robot);
        // then
        assertThat(fixture.worlds.world()).isEqualTo(World.SIMULATED);
        assertThat(world().read().standing()).isEqualTo(Standing.STANDS);
        assertThat(fixture.window.status().storePathProperty().get()).isEqualTo(Path.of("/store").toString());
        fixture.await(() -> fixture.session.read()
                .load()
                .filter(load -> load.state() != LoadState.RUNNING)
                .isPresent());
        long wrote = fixture.snapshot().log().wrote().offset();
        // when
        world().runTo(new Moment.AtStep(2_000, 0)).join();
        fire(robot, "#world-live");
        // then
        fixture.await(() -> robot.lookup("#world-live").queryAs(ToggleButton.class).isSelected());
        assertThat(fixture.worlds.read().state()).isInstanceOf(SessionState.Running.class);
        assertThat(fixture.snapshot().log().wrote().offset()).isGreaterThanOrEqualTo(wrote);
        // when
        showSimulated(robot);
        // then
        assertThat(world().read().steps()).as("it stands where it was left").isEqualTo(2_000);
    }

    @Test
    void shouldRunAndStepTheWorldByKeysRightAfterTheSwitchWasClicked(FxRobot robot) {
        // given
        fixture.await(() -> robot.lookup("#world-simulated").tryQuery().isPresent());
        robot.clickOn("#world-simulated");
        fixture.await(() -> fixture.worlds.world() == World.SIMULATED);
        fixture.await(() -> !fixture.window.actions().disabledProperty(ActionId.RUN_WORLD).get());
        // when
        robot.type(KeyCode.SPACE);
        // then
        fixture.await(() -> world().read().standing() == Standing.RUNS);
        // when
        robot.type(KeyCode.SPACE);
        // then
        fixture.await(() -> world().read().standing() == Standing.STANDS);
        long steps = world().read().steps();
        // when
        robot.type(KeyCode.LEFT);
        // then
        fixture.await(() -> world().read().steps() == steps - 1);
        // when
        robot.type(KeyCode.RIGHT);
        // then
        fixture.await(() -> world().read().steps() == steps);
        assertThat(fixture.worlds.world()).isEqualTo(World.SIMULATED);
    }

    @Test
    void shouldBeginAWorldWithTheSeedAndTheDiskThatAreAskedFor(FxRobot robot) {
        // given
        robot.interact(() -> fixture.window.actions().run(ActionId.NEW_WORLD));
        fixture.await(() -> robot.lookup("#new-world-seed").tryQuery().isPresent());
        // when
        robot.interact(() -> {
            robot.lookup("#new-world-seed").queryAs(TextField.class).setText("x");
            assertThat(robot.lookup("#new-world-begin").queryButton().isDisabled()).isTrue();
            robot.lookup("#new-world-seed").queryAs(TextField.class).setText("4711");
            disk(robot).setValue("hard-disk");
        });
        fire(robot, "#new-world-begin");
        // then
        fixture.await(() -> world().read().seed() == 4_711);
        assertThat(world().read().disk()).isEqualTo("hard-disk");
        assertThat(world().read().standing()).isEqualTo(Standing.STANDS);
    }

    @Test
    void shouldMeasureTheDiskOfThisMachineForAWorld(FxRobot robot) {
        // given
        robot.interact(() -> fixture.window.actions().run(ActionId.NEW_WORLD));
        fixture.await(() -> robot.lookup("#new-world-disk").tryQuery().isPresent());
        // when
        robot.interact(() -> disk(robot).setValue(NewWorldForm.THIS_MACHINE));
        fire(robot, "#new-world-begin");
        // then
        fixture.await(() -> world().read().disk().equals(NewWorldForm.THIS_MACHINE));
    }

    @Test
    void shouldBeginAScenarioOfTheProgram(FxRobot robot) {
        // given
        robot.interact(() -> fixture.window.actions().run(ActionId.SCENARIOS));
        // when
        fire(robot, "#scenario-async-power-cut");
        // then
        fixture.await(() -> fixture.worlds.world() == World.SIMULATED && !world().read().title().isEmpty());
        world().runTo(new Moment.AtTime(Long.MAX_VALUE)).join();
        assertThat(world().ledger().join().crashes()).hasSize(1);
    }

    @Test
    void shouldOpenADirectoryOfThisMachineInLive(FxRobot robot) {
        // given
        showSimulated(robot);
        // when
        fixture.worlds.create(fixture.folder.resolve("store"), WindowFixture.SEGMENT_BYTES).join();
        // then
        assertThat(fixture.worlds.world()).isEqualTo(World.LIVE);
        assertThat(fixture.worlds.read().state()).isInstanceOf(SessionState.Running.class);
    }
}
