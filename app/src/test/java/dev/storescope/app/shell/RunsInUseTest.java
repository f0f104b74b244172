package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.file.ScenarioReader;
import dev.storescope.app.session.simulated.Branch;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.DraggedFiles;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the past of a simulated world, its runs, and scenario files, in the whole window.
@ExtendWith(WindowExtension.class)
class RunsInUseTest {
    private static final long MILLI = 1_000_000;

    @TempDir private static Path folders;
    private static int testNumber;

    private SimulatedWindow fixture;
    private Path folder;

    @Start
    void start(Stage stage) throws IOException {
        folder = Files.createDirectories(folders.resolve("test-" + testNumber++));
        fixture = new SimulatedWindow(stage, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void run(FxRobot robot, ActionId action) {
        robot.interact(() -> fixture.window.actions().run(action));
    }

    private static void press(FxRobot robot, String button) {
        FxThread.await(() -> !robot.lookup(button).query().isDisabled());
        robot.interact(() -> robot.lookup(button).queryButton().fire());
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    /// @param partX of the width, from the left
    private static Point2D onAxis(FxRobot robot, double partX) {
        Node view = robot.lookup("#timeline-view").query();
        Bounds place = view.localToScreen(view.getLayoutBounds());
        return new Point2D(place.getMinX() + place.getWidth() * partX, place.getMaxY() - 5);
    }

    private void awaitEvents(FxRobot robot) {
        fixture.await(() -> text(robot, "#timeline-hint").contains("the world is at"));
    }

    /// Run 2 left run 1 in its past, with fewer puts.
    private void branchOff() {
        fixture.runTo(40 * MILLI);
        fixture.world().travelTo(10 * MILLI).join();
        fixture.session.changeLoad(_ -> LoadSpec.builder().producers(2).pacing(new Pacing.ClosedLoop()).build()).join();
        fixture.runTo(30 * MILLI);
    }

    @Test
    void shouldTravelWhereOneDragsAlongTheAxisAndDimWhatIsAhead(FxRobot robot) {
        // given the last 20 ms of 40
        fixture.runTo(40 * MILLI);
        run(robot, ActionId.SHOW_TIMELINE);
        awaitEvents(robot);
        fixture.await(() -> text(robot, "#timeline-hint").contains("40.000"));
        // when
        robot.drag(onAxis(robot, 0.9), MouseButton.PRIMARY).dropTo(onAxis(robot, 0.5));
        // then
        fixture.await(() -> fixture.world().read().isInPast() && fixture.world().read().nanos() < 31 * MILLI);
        assertThat(fixture.world().read().nanos()).isBetween(29 * MILLI, 31 * MILLI);
        assertThat(fixture.world().read().latestNanos()).isEqualTo(40 * MILLI);
        fixture.await(() -> text(robot, "#timeline-hint").contains("ahead are known"));
        assertThat(fixture.session.read().snapshot().orElseThrow().takenAtNanos()).as("all panels are there")
                .isLessThanOrEqualTo(31 * MILLI);
    }

    @Test
    void shouldTravelFromEventToEventByKeyAndGoOnWhereNothingIsKnown(FxRobot robot) {
        // given
        fixture.runTo(40 * MILLI);
        run(robot, ActionId.SHOW_TIMELINE);
        awaitEvents(robot);
        robot.interact(() -> ((ComboBox<?>) robot.lookup("#timeline-search").query()).getEditor().setText("force"));
        robot.interact(() -> robot.lookup("#timeline-view").query().requestFocus());
        // when
        robot.push(KeyCode.SHIFT, KeyCode.LEFT);
        // then
        fixture.await(() -> fixture.world().read().isInPast());
        long force = fixture.world().read().nanos();
        assertThat(text(robot, "#timeline-place")).contains("GroupCommitService", "force");
        // when
        robot.push(KeyCode.SHIFT, KeyCode.LEFT);
        fixture.await(() -> fixture.world().read().nanos() < force);
        robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
        fixture.await(() -> fixture.world().read().nanos() == force);
        // when there is none ahead that is known
        robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
        // then
        fixture.await(() -> fixture.world().read().nanos() > 40 * MILLI);
    }

    @Test
    void shouldCompareTwoRunsAndShowTheOther(FxRobot robot) {
        // given
        branchOff();
        fixture.await(() -> !fixture.window.actions().disabledProperty(ActionId.RUNS).get());
        // when
        run(robot, ActionId.RUNS);
        // then
        ListView<Branch> list = robot.lookup("#runs-list").queryListView();
        fixture.await(() -> list.getItems().size() == 2);
        assertThat(list.getSelectionModel().getSelectedItem().number()).isEqualTo(2);
        assertThat(text(robot, "#runs-lengths")).contains("Run 1 is 10\u00a0ms longer than run 2",
                "Figures that differ");
        assertThat(robot.lookup("#runs-table .runs-name").queryAllAs(Label.class)).extracting(Label::getText)
                .contains("acknowledged", "forces", "mean batch", "trace hash");
        // when they are brought to the same time
        press(robot, "#runs-level");
        fixture.await(() -> text(robot, "#runs-lengths").startsWith("Both at 40\u00a0ms."));
        assertThat(fixture.world().read().branch()).as("the one that was shown is shown again").isEqualTo(2);
        // when
        robot.interact(() -> list.getSelectionModel().select(0));
        press(robot, "#runs-show");
        // then
        fixture.await(() -> fixture.world().read().branch() == 1);
        fixture.await(() -> fixture.world().read().nanos() == 40 * MILLI);
    }

    @Test
    void shouldSaveTheRunAndOpenItAgain(FxRobot robot) throws IOException {
        // given
        fixture.runTo(15 * MILLI);
        Path file = folder.resolve("mine.yaml");
        fixture.pickedFile = Optional.of(file);
        // when
        fixture.await(() -> !fixture.window.actions().disabledProperty(ActionId.SAVE_SCENARIO).get());
        run(robot, ActionId.SAVE_SCENARIO);
        fixture.await(() -> robot.lookup("#scenario-title").tryQuery().isPresent());
        robot.interact(() -> robot.lookup("#scenario-title").queryAs(TextField.class).setText("My run"));
        press(robot, "#scenario-save");
        // then
        fixture.await(() -> fixture.wasTold("scenario.saved"));
        assertThat(ScenarioReader.read(file).title().english()).isEqualTo("My run");
        // when
        run(robot, ActionId.OPEN_SCENARIO);
        // then
        fixture.await(() -> fixture.world().read().title().equals("My run"));
        assertThat(fixture.world().read().nanos()).isLessThan(15 * MILLI);
    }

    @Test
    void shouldSayLineAndFieldOfWhatIsWrongInAFileThatIsDropped(FxRobot robot) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "storescope: 1\nseed: many\nuntil: 10ms\n");
        long seed = fixture.world().read().seed();
        // when
        FxThread.run(() -> DraggedFiles.of(file).drop(fixture.window.scene()));
        // then
        fixture.await(() -> robot.lookup("#problems-list").tryQuery().isPresent());
        assertThat(text(robot, "#problems-list .problem-where")).isEqualTo("Line 2, column 7, field seed");
        assertThat(text(robot, "#problems-list .problem-what")).startsWith("expected").contains("found 'many'");
        assertThat(fixture.world().read().seed()).as("the world is as it was").isEqualTo(seed);
    }

    @Test
    void shouldOfferTheScenariosThatComeWithTheProgramInThePalette(FxRobot robot) {
        // when
        List<PaletteEntries.Entry> entries = new RunActions(fixture.window).shippedEntries();
        // then
        assertThat(entries).hasSizeGreaterThan(5).allSatisfy(entry -> assertThat(entry.title()).isNotBlank());
        // when
        robot.interact(() -> entries.getFirst().run().run());
        // then
        fixture.await(() -> fixture.world().read().title().equals(entries.getFirst().title()));
    }

    @Test
    void shouldSayItInTheOtherLanguage(FxRobot robot) {
        robot.interact(() -> fixture.texts.use(Language.CHINESE));
        fixture.await(() -> !fixture.window.actions().disabledProperty(ActionId.RUNS).get());

        run(robot, ActionId.RUNS);

        fixture.await(() -> text(robot, "#runs-lengths").contains("只有一次运行"));
    }
}
