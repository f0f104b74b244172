package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.SimulatedSession;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the time of a simulated world.
@ExtendWith(WindowExtension.class)
class TransportBarTest {

    @TempDir private static Path folder;

    private SimulatedSession session;
    private Pulse pulse;

    @Start
    void start(Stage stage) {
        session = SimulatedSession.start();
        pulse = new Pulse(session);
        var window = new MainWindow(new WindowParts(session, pulse, new Texts(Language.ENGLISH),
                new Look(Theme.DARK, 100, MainWindow.stylesheets()), AppSettingsFile.inMemory(AppSettings.defaults()),
                new AppPaths(folder), (_, _, _) -> Optional.empty(), _ -> {
                }, "test"), 1600, 1000);
        stage.setScene(window.scene());
        stage.show();
        pulse.start();
    }

    @AfterEach
    void close() {
        FxThread.run(pulse::stop);
        session.close();
    }

    @Test
    void shouldGoToTheBreakpointsAndBackByKeys(FxRobot robot) {
        // when
        robot.push(KeyCode.CONTROL, KeyCode.B);
        // then
        assertThat(robot.lookup("#break-event").query().isFocused()).isTrue();
        // when
        robot.push(KeyCode.ESCAPE);
        // then
        assertThat(robot.lookup("#transport-drawer").query().isVisible()).isFalse();
        assertThat(robot.lookup("#transport-breakpoints").query().isFocused()).isTrue();
    }

    @Test
    void shouldStepAndStepBackByKeys(FxRobot robot) {
        // given a world that has come some way
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT).push(KeyCode.RIGHT);
        await(() -> read().steps() >= 3);
        long before = read().steps();
        // when
        robot.push(KeyCode.RIGHT);
        // then
        await(() -> read().steps() == before + 1);
        // when
        robot.push(KeyCode.LEFT);
        // then
        await(() -> read().steps() == before);
        assertThat(read().isInPast() || read().latestNanos() == read().nanos()).isTrue();
    }

    @Test
    void shouldRunAndPauseBySpaceAndByTheButton(FxRobot robot) {
        // given
        robot.push(KeyCode.SPACE);
        await(() -> read().nanos() > 1_000_000);
        // when
        robot.clickOn("#transport-run");
        // then
        await(() -> read().standing() == Standing.STANDS);
        long there = read().nanos();
        assertThat(read().why()).contains(new Why.Asked());
        // when
        robot.clickOn("#transport-step");
        // then
        await(() -> read().steps() > 0 && read().nanos() >= there);
    }

    @Test
    void shouldStopWhereABreakpointIsMet(FxRobot robot) {
        // given
        robot.clickOn("#transport-breakpoints").clickOn("#break-event-add");
        await(() -> read().breakpoints().size() == 1);
        // when
        robot.clickOn("#transport-run");
        // then
        await(() -> read().why().filter(Why.AtBreakpoint.class::isInstance).isPresent());
        await(() -> robot.lookup("#transport-standing")
                .queryAs(Label.class)
                .getText()
                .equals("stopped at FORCE_BEGIN"));
        // when it is removed by its sign
        robot.clickOn(".breakpoint");
        // then
        await(() -> read().breakpoints().isEmpty());
    }

    @Test
    void shouldSayWhatIsWrongWithABreakpoint(FxRobot robot) {
        // given
        robot.clickOn("#transport-breakpoints");
        // when
        enter(robot, "#break-amount", "a lot");
        robot.clickOn("#break-state-add");
        // then
        assertThat(robot.lookup("#break-problem").queryAs(Label.class).getText())
                .isEqualTo("Expected a size such as 4096, 64K or 1M, found a lot");
        assertThat(read().breakpoints()).isEmpty();
        // when
        enter(robot, "#break-amount", "16K");
        robot.push(KeyCode.ENTER);
        // then
        await(() -> read().breakpoints().size() == 1);
        assertThat(robot.lookup("#break-problem").queryAs(Label.class).isVisible()).isFalse();
    }

    @Test
    void shouldBeginAnotherWorldByATypedSeed(FxRobot robot) {
        // given
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT);
        await(() -> read().steps() >= 2);
        // when
        enter(robot, "#transport-seed", "4711");
        robot.push(KeyCode.ENTER);
        // then
        await(() -> read().seed() == 4711);
        assertThat(read().standing()).isEqualTo(Standing.STANDS);
    }

    @Test
    void shouldChangeTheSpeedByKeys(FxRobot robot) {
        // given
        Speed before = read().speed();
        // when
        robot.push(KeyCode.CONTROL, KeyCode.LEFT);
        // then
        await(() -> read().speed().slowdown() > before.slowdown());
    }

    @Test
    void shouldNotStepWhileATextIsTyped(FxRobot robot) {
        // given
        long before = read().steps();
        // when the caret is led beyond both ends
        enter(robot, "#transport-seed", "7");
        robot.push(KeyCode.LEFT).push(KeyCode.LEFT).push(KeyCode.LEFT).push(KeyCode.RIGHT).push(KeyCode.RIGHT);
        robot.push(KeyCode.ESCAPE);
        // then
        assertThat(read().steps()).isEqualTo(before);
    }

    private static void enter(FxRobot robot, String field, String text) {
        robot.clickOn(field);
        robot.interact(() -> robot.lookup(field).queryAs(TextField.class).selectAll());
        robot.write(text);
    }

    private WorldReading read() {
        return session.simulated().map(SimulatedWorld::read).orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        FxThread.await(condition);
    }
}
