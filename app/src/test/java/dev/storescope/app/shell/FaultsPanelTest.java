package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.disk.Fault;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user makes go wrong, and what a real store does about it.
@ExtendWith(WindowExtension.class)
class FaultsPanelTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1_600, 1_300);
    }

    @AfterEach
    void close() {
        fixture.session.faults().all().forEach(fixture.session.faults()::turnOff);
        fixture.close();
    }

    private void openUnderLoad(FxRobot robot) {
        fixture.openStore();
        fixture.session.changeLoad(_ -> LoadSpec.builder().producers(2).pacing(new Pacing.Constant(500)).build())
                .join();
        fixture.session.startLoad().join();
        robot.clickOn("#faults-fold");
        fixture.await(() -> !robot.lookup("#faults-hold-reput").queryAs(ToggleButton.class).isDisabled());
    }

    private void fire(FxRobot robot, String query) {
        fixture.await(() -> !robot.lookup(query).queryButton().isDisabled());
        robot.interact(() -> robot.lookup(query).queryButton().fire());
    }

    private long dispatched() {
        return fixture.session.read().snapshot().orElseThrow().dispatch().reputFromOffset();
    }

    private long wrote() {
        return fixture.session.read().snapshot().orElseThrow().log().wrote().offset();
    }

    @Test
    void shouldHoldDispatchAndLetItGo(FxRobot robot) {
        // given
        openUnderLoad(robot);
        // when
        robot.clickOn("#faults-hold-reput");
        // then
        fixture.await(() -> robot.lookup("#faults-hold-reput").queryAs(ToggleButton.class).isSelected());
        assertThat(fixture.session.faults().all()).containsExactly(new Fault.HeldService("ReputMessageService"));
        fixture.await(() -> wrote() - dispatched() > 50_000);
        // when
        fire(robot, "#faults-all-off");
        // then
        fixture.await(() -> fixture.session.faults().all().isEmpty());
        fixture.await(() -> wrote() - dispatched() < 20_000);
    }

    @Test
    void shouldSayWhichServicesAreNotThereToBeHeld(FxRobot robot) {
        openUnderLoad(robot);

        fixture.await(() -> robot.lookup("#faults-absent")
                .queryLabeled()
                .getText()
                .equals("Not there in this mode: GroupCommit, Commit."));
    }

    @Test
    void shouldMakeForcesSlow(FxRobot robot) {
        openUnderLoad(robot);

        robot.clickOn("#faults-slow-100");

        fixture.await(() -> fixture.session.faults()
                .all()
                .equals(
                        java.util.List.of(new Fault.SlowForce(100_000_000))));
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .orElseThrow()
                .flush()
                .forces()
                .stream()
                .anyMatch(force -> force.durationNs() >= 100_000_000));
        robot.clickOn("#faults-slow-0");
        fixture.await(() -> fixture.session.faults().all().isEmpty());
    }

    @Test
    void shouldFailAForceOnlyWhenTheUserAgrees(FxRobot robot) {
        // given
        openUnderLoad(robot);
        // when he thinks better of it
        fire(robot, "#faults-fail-next");
        fire(robot, "#confirm-cancel");
        assertThat(fixture.session.faults().all()).isEmpty();
        // when he agrees
        fire(robot, "#faults-fail-next");
        fire(robot, "#confirm-ok");
        // then
        fixture.await(() -> !fixture.session.read().snapshot().orElseThrow().notWriteable().isEmpty());
        // and the store comes back
        fixture.session.kill().join();
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .filter(store -> store.notWriteable().isEmpty())
                .isPresent());
        assertThat(fixture.session.faults().all()).as("faults end with the store").isEmpty();
    }

    @Test
    void shouldHaveNoRoomUnderALimitAndRoomAgain(FxRobot robot) {
        // given
        openUnderLoad(robot);
        // when
        robot.clickOn("#faults-room-none");
        // then the load, which leaves a part of every disk free, ends by itself
        fixture.await(() -> fixture.session.read()
                .load()
                .filter(load -> load.state() == LoadState.ENDED)
                .isPresent());
        fixture.await(() -> robot.lookup("#faults-note").queryAs(Label.class).getText().startsWith("Left under"));
        // when
        robot.clickOn("#faults-room-any");
        fixture.await(() -> fixture.session.faults().all().isEmpty());
        fixture.session.startLoad().join();
        // then
        fixture.await(() -> fixture.session.read().load().orElseThrow().acknowledged() > 100);
        assertThat(fixture.session.read().load().orElseThrow().state()).isEqualTo(LoadState.RUNNING);
    }
}
