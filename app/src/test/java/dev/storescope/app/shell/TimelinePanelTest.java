package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the timeline, in the whole window on a real store that has taken some puts.
@ExtendWith(WindowExtension.class)
class TimelinePanelTest {
    private static final String VIEW = "#timeline-view";
    private static final int MESSAGES = 1_000;

    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1_600, 1_000);
    }

    @BeforeEach
    void putMessages(FxRobot robot) {
        fixture.openStore();
        fixture.session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        fixture.session.changeLoad(_ -> LoadSpec.builder()
                .producers(2)
                .pacing(new Pacing.ClosedLoop())
                .build()).join();
        fixture.session.startLoad().join();
        fixture.await(() -> fixture.session.read().load().filter(load -> load.acknowledged() > MESSAGES).isPresent());
        fixture.session.stopLoad().join();
        fixture.await(() -> fixture.session.read()
                .load()
                .filter(load -> load.state() == LoadState.ENDED)
                .isPresent());
        robot.interact(() -> fixture.window.actions().run(ActionId.SHOW_TIMELINE));
        fixture.await(() -> robot.lookup(VIEW).query().isFocused());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    private boolean isLive(FxRobot robot) {
        return robot.lookup("#timeline-follow").queryAs(ToggleButton.class).isSelected();
    }

    /// @param partX of the width, from the left
    /// @param partY of the height, from the top
    private Point2D at(FxRobot robot, double partX, double partY) {
        Node view = robot.lookup(VIEW).query();
        Bounds place = view.localToScreen(view.getLayoutBounds());
        return new Point2D(place.getMinX() + place.getWidth() * partX, place.getMinY() + place.getHeight() * partY);
    }

    @Test
    void shouldFreezeAndFollowByButtonAndByKey(FxRobot robot) {
        assertThat(isLive(robot)).isTrue();

        robot.clickOn("#timeline-follow");
        fixture.await(() -> text(robot, "#timeline-hint").contains("stands still"));
        assertThat(isLive(robot)).isFalse();

        robot.interact(() -> robot.lookup(VIEW).query().requestFocus());
        robot.push(KeyCode.SPACE);
        fixture.await(() -> text(robot, "#timeline-hint").startsWith("last"));
        assertThat(isLive(robot)).isTrue();
    }

    @Test
    void shouldZoomByKeyButtonAndWheelAndPan(FxRobot robot) {
        // when
        robot.push(KeyCode.W);
        // then
        fixture.await(() -> text(robot, "#timeline-hint").startsWith("last 14.3"));
        assertThat(isLive(robot)).as("a zoom follows on").isTrue();
        // when
        robot.clickOn("#timeline-zoom-out");
        fixture.await(() -> text(robot, "#timeline-hint").startsWith("last 22.9"));
        robot.moveTo(at(robot, 0.5, 0.3));
        robot.scroll(5, javafx.geometry.VerticalDirection.UP);
        fixture.await(() -> !text(robot, "#timeline-hint").startsWith("last 22.9"));
        // when one pans
        robot.interact(() -> robot.lookup(VIEW).query().requestFocus());
        robot.push(KeyCode.A);
        // then
        fixture.await(() -> !isLive(robot));
        // when
        robot.push(KeyCode.END);
        fixture.await(() -> isLive(robot));
    }

    @Test
    void shouldMeasureByDraggingAndShowFigures(FxRobot robot) {
        // given all that was recorded
        robot.clickOn("#timeline-all");
        robot.clickOn("#timeline-measure");
        // when
        robot.drag(at(robot, 0.01, 0.4), MouseButton.PRIMARY).dropTo(at(robot, 0.99, 0.4));
        // then
        fixture.await(() -> text(robot, "#timeline-between").contains("between the markers"));
        fixture.await(() -> !robot.lookup("#timeline-statistics .statistics-kind").queryAll().isEmpty());
        var kinds = new TreeSet<String>();
        robot.lookup("#timeline-statistics .statistics-kind")
                .queryAllAs(Label.class)
                .forEach(label -> kinds.add(label.getText()));
        assertThat(kinds).contains("force", "put", "lock held", "wait for force", "batch acknowledged");
        // when
        robot.clickOn("#timeline-clear");
        // then
        fixture.await(() -> !robot.lookup("#timeline-statistics").query().isVisible());
    }

    @Test
    void shouldJumpToTheNextOfAKindAndOpenItsMessage(FxRobot robot) {
        // given
        robot.clickOn("#timeline-all");
        // when
        search(robot, "put");
        robot.clickOn("#timeline-next");
        // then
        fixture.await(() -> fixture.window.selection().message().isPresent());
        String first = text(robot, "#timeline-place");
        assertThat(first).startsWith("producer-").contains("put ", " at ");
        // when
        robot.interact(() -> robot.lookup(VIEW).query().requestFocus());
        robot.push(KeyCode.RIGHT);
        // then
        fixture.await(() -> !text(robot, "#timeline-place").equals(first));
        // when
        robot.push(KeyCode.LEFT);
        fixture.await(() -> text(robot, "#timeline-place").equals(first));
        // when there is none
        search(robot, "no such thread");
        robot.clickOn("#timeline-next");
        fixture.await(() -> text(robot, "#timeline-place").contains("Nothing more of that"));
    }

    private static void search(FxRobot robot, String words) {
        robot.interact(() -> ((ComboBox<?>) robot.lookup("#timeline-search").query()).getEditor().setText(words));
    }

    @Test
    void shouldOpenTheBatchThatIsClicked(FxRobot robot) {
        // given a force in the middle of what is seen
        robot.clickOn("#timeline-all");
        search(robot, "force");
        robot.clickOn("#timeline-next");
        robot.clickOn("#timeline-next");
        String force = text(robot, "#timeline-place");
        assertThat(force).contains("GroupCommitService", "force", "req");
        robot.interact(() -> fixture.window.selection().clear());
        robot.interact(() -> robot.lookup(VIEW).query().requestFocus());
        // when
        robot.push(KeyCode.ENTER);
        // then
        fixture.await(() -> fixture.window.selection().message().isPresent());
    }

    @Test
    void shouldTellWhereThePointersWereWhenScrubbed(FxRobot robot) {
        robot.clickOn("#timeline-all");

        robot.clickOn(at(robot, 0.99, 0.96));

        fixture.await(() -> text(robot, "#timeline-place").contains("flushed"));
        assertThat(text(robot, "#timeline-place")).contains("wrote at least");
    }

    @Test
    void shouldUnfoldProducers(FxRobot robot) {
        Node names = robot.lookup(".lane-names").query();
        Bounds place = names.localToScreen(names.getLayoutBounds());
        robot.clickOn(new Point2D(place.getMinX() + 5, place.getMinY() + 8));

        robot.clickOn("#timeline-all");
        robot.moveTo(at(robot, 0.5, 0.3));
        robot.interact(() -> robot.lookup(VIEW).query().requestFocus());
        search(robot, "producer-1");
        robot.clickOn("#timeline-next");

        fixture.await(() -> text(robot, "#timeline-place").startsWith("producer-1"));
    }

    @Test
    void shouldFoldThePanel(FxRobot robot) {
        robot.clickOn("#timeline-fold");
        fixture.await(() -> !robot.lookup(VIEW).query().getParent().isVisible());

        robot.interact(() -> fixture.window.actions().run(ActionId.SHOW_TIMELINE));

        fixture.await(() -> robot.lookup(VIEW).query().getParent().isVisible());
    }

    @Test
    void shouldExportATraceThatCanBeRead(FxRobot robot) throws IOException {
        // given
        Path target = fixture.folder.resolve("out.trace.json");
        fixture.pickedFile = Optional.of(target);
        // when
        robot.interact(() -> fixture.window.actions().run(ActionId.EXPORT_TRACE));
        // then
        fixture.await(() -> Files.exists(target));
        JsonNode trace = new ObjectMapper().readTree(target.toFile());
        var names = new TreeSet<String>();
        trace.get("traceEvents").forEach(event -> names.add(event.get("name").asText()));
        assertThat(names).contains("thread_name", "put", "force", "lock held", "batch acknowledged", "service waiting");
        assertThat(fixture.session.eventsAfter(0)).anyMatch(event -> event.textKey().equals("timeline.exported"));
    }

    @Test
    void shouldTellWhyATraceWasNotWritten(FxRobot robot) {
        fixture.pickedFile = Optional.of(fixture.folder.resolve("no such folder/out.json"));

        robot.interact(() -> fixture.window.actions().run(ActionId.EXPORT_TRACE));

        fixture.await(() -> fixture.session.eventsAfter(0)
                .stream()
                .anyMatch(event -> event.textKey().equals("timeline.exportFailed")));
    }

    @Test
    void shouldListItsKeysOnTheSheet(FxRobot robot) {
        robot.interact(() -> fixture.window.actions().run(ActionId.SHORTCUTS));

        assertThat(robot.lookup("#shortcuts-sheet .key-cap").queryAllAs(Label.class)).extracting(Label::getText)
                .contains("W", "S", "A", "D", "[", "]", "Space");
    }
}
