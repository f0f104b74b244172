package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.AppSettings;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadSnapshot;
import java.nio.file.Path;
import javafx.scene.control.Spinner;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// A user says how long the log of a simulated store may get.
@ExtendWith(WindowExtension.class)
class SimulatedLimitsTest {
    private static final long SECOND_NS = 1_000_000_000;

    @TempDir private Path folder;

    private SimulatedWindow fixture;

    @Start
    void start(Stage stage) {
        fixture = new SimulatedWindow(stage, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldEndASimulatedLoadAtTheLengthThatIsAskedFor(FxRobot robot) {
        // given
        robot.interact(() -> fixture.window.actions().run(ActionId.LOAD_LIMITS));
        fixture.await(() -> robot.lookup("#limits-sheet").tryQuery().isPresent());
        Spinner<Integer> log = robot.lookup("#limit-log").query();
        assertThat(log.getValue()).as("the world's own limit, in MiB").isEqualTo(128);
        // when
        robot.interact(() -> log.getValueFactory().setValue(2));
        robot.clickOn("#limits-apply");
        fixture.await(() -> fixture.session.read().loadSpec().limits().logBytes() == 2 << 20);
        fixture.runTo(2 * SECOND_NS);
        // then
        assertThat(fixture.session.read().load().flatMap(LoadSnapshot::end))
                .contains(new LoadEnd.LogLengthReached(2 << 20));
        assertThat(fixture.settings().get().loadLimitBytes()).as("of the machine's loads")
                .isEqualTo(AppSettings.defaults().loadLimitBytes());
    }
}
