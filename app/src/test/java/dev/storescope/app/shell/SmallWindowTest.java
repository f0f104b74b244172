package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.engine.api.StoreSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// In the smallest window that is meant to work, all that is written can be read.
@ExtendWith(WindowExtension.class)
class SmallWindowTest {
    private static final double WIDTH = 1_280;
    private static final double HEIGHT = 800;

    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), WIDTH, HEIGHT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void shouldCutNoWordOnTheLogScreen(Language language, FxRobot robot) {
        // given
        robot.interact(() -> fixture.texts.use(language));
        fixture.openStore();
        fixture.session.restart(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)).join();
        // when
        fixture.session.startLoad().join();
        fixture.await(() -> fixture.acknowledged() > 500);
        // then
        fixture.await(() -> cutWords(robot, "#log-screen").isEmpty(), () -> "cut: " + cutWords(robot, "#log-screen"));
    }

    @Test
    void shouldCutNoWordInTheSettings(FxRobot robot) {
        // given
        fixture.openStore();
        // when
        robot.interact(() -> fixture.window.actions().run(ActionId.ALL_SETTINGS));
        // then
        fixture.await(() -> robot.lookup("#settings-sheet").tryQuery().isPresent());
        fixture.await(() -> cutWords(robot, "#settings-sheet").isEmpty(),
                () -> "cut: " + cutWords(robot, "#settings-sheet"));
    }

    @Test
    void shouldShowEveryShortcutAndTheWayOut(FxRobot robot) {
        // given
        fixture.openStore();
        // when
        robot.push(KeyCode.F1);
        // then
        Bounds sheet = robot.lookup("#shortcuts-sheet").query().localToScene(boundsOf(robot, "#shortcuts-sheet"));
        assertThat(sheet.getMinY()).as("top").isNotNegative();
        assertThat(sheet.getMaxY()).as("bottom").isLessThanOrEqualTo(HEIGHT);
        assertThat(sheet.getMaxX()).as("right side").isLessThanOrEqualTo(WIDTH);
        // when
        robot.push(KeyCode.ESCAPE);
        // then
        assertThat(robot.lookup("#shortcuts-sheet").tryQuery()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsSaidOfAFileInsideItsTile(FxRobot robot) {
        // given a window in which tiles are just wide enough for names and figures
        robot.interact(() -> fixture.window.scene().getWindow().setWidth(1_600));
        fixture.openStore();
        fixture.session.startLoad().join();
        fixture.await(() -> fixture.acknowledged() > 0);
        fixture.session.stopLoad().join();
        // when the file is one that was begun without the pool
        fixture.session.restart(Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)).join();
        // then
        fixture.await(() -> robot.lookup(".file-state")
                .queryAllAs(Label.class)
                .stream()
                .filter(state -> state.getText().contains("no buffer yet"))
                .anyMatch(SmallWindowTest::isInsideItsTile));
    }

    private static boolean isInsideItsTile(Node part) {
        Node tile = Stream.iterate(part, Objects::nonNull, Node::getParent)
                .filter(each -> each.getStyleClass().contains("file-tile"))
                .findFirst()
                .orElseThrow();
        return right(part) < right(tile);
    }

    private static double right(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMaxX();
    }

    private static Bounds boundsOf(FxRobot robot, String query) {
        return robot.lookup(query).query().getLayoutBounds();
    }

    /// What is shown with dots in place of its end.
    private static List<String> cutWords(FxRobot robot, String query) {
        var cut = new ArrayList<String>();
        robot.interact(() -> collectCut(robot.lookup(query).query(), cut));
        return cut;
    }

    private static void collectCut(Node node, List<String> cut) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled && labeled.lookup(".text") instanceof Text shown
                && !shown.getText().equals(labeled.getText())
                && shown.getText().endsWith(labeled.getEllipsisString())) {
            cut.add(labeled.getText());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectCut(child, cut));
        }
    }
}
