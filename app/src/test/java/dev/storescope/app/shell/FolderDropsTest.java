package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.inspect.InspectionState;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DraggedFiles;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What happens to folders and files that somebody drags onto the window.
@ExtendWith(WindowExtension.class)
class FolderDropsTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1280, 800);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldSayWhileItIsDraggedWhatLettingGoWillDo(FxRobot robot) throws IOException {
        // given
        DraggedFiles dragged = dragged(Files.createDirectories(fixture.folder.resolve("my-broker")));
        // when
        boolean wanted = onScreen(() -> dragged.moveOver(scene()));
        // then
        assertThat(wanted).isTrue();
        assertThat(cover(robot).isVisible()).isTrue();
        assertThat(label(robot, "#drop-title")).isEqualTo("Let go to look into my-broker");
        assertThat(label(robot, "#drop-text")).contains("read only");
        // when
        onScreen(() -> dragged.moveAway(scene()));
        // then
        assertThat(cover(robot).isVisible()).isFalse();
        assertThat(inspecting()).isInstanceOf(InspectionState.Nothing.class);
    }

    @Test
    void shouldLookIntoTheFolderThatIsDroppedWhateverScreenIsShown(FxRobot robot) {
        // given
        Path store = sample();
        robot.push(KeyCode.DIGIT1);
        // when
        boolean taken = onScreen(() -> dragged(store).drop(scene()));
        // then
        assertThat(taken).isTrue();
        assertThat(cover(robot).isVisible()).isFalse();
        fixture.await(() -> inspecting() instanceof InspectionState.Open open && open.directory().equals(store));
        fixture.await(() -> robot.lookup("#inspect-content").query().isVisible());
    }

    @Test
    void shouldFindTheStoreOfAFileOfItsLog() {
        // given
        Path store = sample();
        // when
        onScreen(() -> dragged(store.resolve("commitlog/00000000000000065536")).drop(scene()));
        // then
        fixture.await(() -> inspecting() instanceof InspectionState.Open open && open.directory().equals(store));
    }

    @Test
    void shouldSayOfAFolderThatIsNoStoreWhatItExpected(FxRobot robot) throws IOException {
        // given
        Path photos = Files.createDirectories(fixture.folder.resolve("photos"));
        // when
        onScreen(() -> dragged(photos).drop(scene()));
        // then
        fixture.await(() -> inspecting() instanceof InspectionState.Failed);
        fixture.await(() -> label(robot, "#inspect-empty-title").equals("This directory could not be opened"));
        assertThat(label(robot, "#inspect-empty-text")).contains(photos.toString(), "expected", "commitlog");
    }

    @Test
    void shouldSayOfAFileOfNoStoreWhereItLooked(FxRobot robot) throws IOException {
        // given
        Path letter = Files.writeString(Files.createDirectories(fixture.folder.resolve("letters")).resolve("a.txt"),
                "x");
        // when
        onScreen(() -> dragged(letter).drop(scene()));
        // then
        fixture.await(() -> label(robot, "#inspect-empty-title").equals("This directory could not be opened"));
        assertThat(label(robot, "#inspect-empty-text")).contains(letter.getParent().toString(), "expected");
    }

    @Test
    void shouldTakeOneFolderAtATimeAndSaySo(FxRobot robot) {
        // given
        Path store = sample();
        DraggedFiles dragged = dragged(store.resolve("commitlog"), store.resolve("index"), store);
        // when
        boolean wanted = onScreen(() -> dragged.moveOver(scene()));
        // then
        assertThat(wanted).isFalse();
        assertThat(label(robot, "#drop-title")).isEqualTo("One folder at a time");
        assertThat(label(robot, "#drop-text")).startsWith("3 files and folders are being dragged");
        // when
        boolean taken = onScreen(() -> dragged.drop(scene()));
        // then
        assertThat(taken).isFalse();
        assertThat(cover(robot).isVisible()).isFalse();
        fixture.session.inspection().idle().join();
        assertThat(inspecting()).isInstanceOf(InspectionState.Nothing.class);
    }

    @Test
    void shouldKeepSayingWhyWhenSeveralAreDroppedUnasked(FxRobot robot) {
        // given
        Path store = sample();
        // when
        boolean taken = onScreen(() -> dragged(store, store.resolve("index")).dropUnasked(scene()));
        // then
        assertThat(taken).isFalse();
        assertThat(cover(robot).isVisible()).isTrue();
        // when
        robot.push(KeyCode.ESCAPE);
        // then
        assertThat(cover(robot).isVisible()).isFalse();
    }

    @Test
    void shouldLeaveTextThatIsDraggedAlone(FxRobot robot) {
        boolean wanted = onScreen(() -> DraggedFiles.ofText("a word").moveOver(scene()));

        assertThat(wanted).isFalse();
        assertThat(cover(robot).isVisible()).isFalse();
    }

    @Test
    void shouldNotThrowAwayWhatIsBeingEntered(FxRobot robot) {
        // given
        Path store = sample();
        fixture.openStore();
        robot.interact(() -> fixture.window.showSetting(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG));
        robot.interact(() -> robot.lookup("#setting-flushIntervalCommitLog")
                .queryAs(TextInputControl.class)
                .setText("123"));
        // when
        boolean taken = onScreen(() -> dragged(store).drop(scene()));
        // then
        assertThat(taken).isFalse();
        assertThat(fixture.window.overlays().isShowing()).isTrue();
        assertThat(inspecting()).isInstanceOf(InspectionState.Nothing.class);
    }

    @Test
    void shouldSayItInTheOtherLanguage(FxRobot robot) {
        // given
        Path store = sample();
        robot.interact(() -> fixture.texts.use(Language.CHINESE));
        // when
        onScreen(() -> dragged(store).moveOver(scene()));
        // then
        assertThat(label(robot, "#drop-title")).isEqualTo("松开即可查看 rocketmq-5.5");
    }

    /// Laid out, and not looked at any more.
    private Path sample() {
        fixture.session.inspection().openSample(fixture.folder.resolve("dropped"));
        fixture.session.inspection().idle().join();
        Path directory = ((InspectionState.Open) inspecting()).directory();
        fixture.session.inspection().closeStore();
        fixture.session.inspection().idle().join();
        return directory;
    }

    private InspectionState inspecting() {
        return fixture.session.inspection().read().state();
    }

    private Scene scene() {
        return fixture.window.scene();
    }

    private static DraggedFiles dragged(Path... paths) {
        return DraggedFiles.of(paths);
    }

    private static <T> T onScreen(Callable<T> action) {
        T result = FxThread.call(action);
        FxThread.settle();
        return result;
    }

    private static void onScreen(Runnable action) {
        FxThread.run(action);
        FxThread.settle();
    }

    private static Node cover(FxRobot robot) {
        return robot.lookup("#drop-cover").query();
    }

    private static String label(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }
}
