package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.engine.api.StoreSetting;
import java.nio.file.Path;
import javafx.scene.control.Button;
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

/// What a user does with the sheet of all settings.
@ExtendWith(WindowExtension.class)
class SettingsSheetTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1600, 1000);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldAskBeforeItThrowsChangedSettingsAway(FxRobot robot) {
        // given
        fixture.openStore();
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        setting(robot, "flushIntervalCommitLog", "250");
        setting(robot, "flushCommitLogLeastPages", "8");
        // when
        robot.push(KeyCode.ESCAPE);
        // then
        assertThat(robot.lookup("#settings-question").queryAs(Label.class).getText()).isEqualTo("2 settings changed");
        // when he goes back
        robot.clickOn("#settings-back");
        // then
        assertThat(robot.lookup("#setting-flushIntervalCommitLog").queryAs(TextField.class).getText()).isEqualTo("250");
        assertThat(robot.lookup("#settings-apply").tryQuery()).isPresent();
        // when something else would take its place
        robot.push(KeyCode.CONTROL, KeyCode.K);
        // then
        assertThat(robot.lookup("#palette").tryQuery()).isEmpty();
        robot.clickOn("#settings-apply-now");
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .filter(store -> store.config().number(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG) == 250)
                .isPresent());
    }

    @Test
    void shouldThrowChangedSettingsAwayWhenToldTo(FxRobot robot) {
        // given
        fixture.openStore();
        long generation = fixture.session.read().generation();
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        setting(robot, "flushIntervalCommitLog", "250");
        // when
        robot.push(KeyCode.ESCAPE);
        robot.clickOn("#settings-discard");
        // then
        assertThat(robot.lookup("#settings-sheet").tryQuery()).isEmpty();
        assertThat(fixture.session.read().generation()).isEqualTo(generation);
        // when nothing is changed
        robot.push(KeyCode.CONTROL, KeyCode.COMMA).push(KeyCode.ESCAPE);
        // then
        assertThat(robot.lookup("#settings-sheet").tryQuery()).isEmpty();
    }

    @Test
    void shouldFindASettingInThePaletteAndChangeIt(FxRobot robot) {
        // given
        fixture.openStore();
        robot.push(KeyCode.CONTROL, KeyCode.K).write("flushIntervalCommitLog").push(KeyCode.ENTER);
        // when
        TextField editor = robot.lookup("#setting-flushIntervalCommitLog").queryAs(TextField.class);
        robot.interact(() -> editor.setText("250"));
        robot.clickOn("#settings-apply");
        // then
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .filter(store -> store.config().number(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG) == 250)
                .isPresent());
    }

    @Test
    void shouldNotApplyASettingThatIsOutOfRange(FxRobot robot) {
        fixture.openStore();
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        robot.interact(() -> fixture.window.showSetting(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG));

        robot.interact(() -> robot.lookup("#setting-flushIntervalCommitLog").queryAs(TextField.class).setText("0"));

        assertThat(robot.lookup("#settings-apply").queryAs(Button.class).isDisabled()).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongBesideASettingAndKeepTheOthers(FxRobot robot) {
        // given
        fixture.openStore();
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        setting(robot, "flushCommitLogLeastPages", "8");
        // when
        setting(robot, "flushIntervalCommitLog", "often");
        // then
        assertThat(shownTexts(robot, ".setting-problem"))
                .containsExactly("“often” is not taken. From 1\u00a0ms to 3\u00a0600\u00a0000\u00a0ms.");
        assertThat(robot.lookup("#settings-apply").queryAs(Button.class).isDisabled()).isTrue();
        // when
        setting(robot, "flushIntervalCommitLog", "250");
        // then
        assertThat(shownTexts(robot, ".setting-problem")).isEmpty();
        assertThat(shownTexts(robot, ".setting-note")).contains("was 500\u00a0ms · default: 500\u00a0ms",
                "was 4 pages of 4 KiB · default: 4 pages of 4 KiB");
        // when
        robot.clickOn("#settings-apply");
        // then
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .filter(store -> store.config().number(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG) == 250
                        && store.config().number(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES) == 8)
                .isPresent());
    }

    @Test
    void shouldSearchTheSettingsFromTheFirstKeyOn(FxRobot robot) {
        // given
        fixture.openStore();
        // when words of the name, the group and the description
        robot.push(KeyCode.CONTROL, KeyCode.COMMA).write("flush timed");
        // then
        assertThat(shownTexts(robot, ".setting-name")).contains("flushCommitLogTimed", "wakeFlushWhenPutMessage")
                .doesNotContain("mappedFileSizeCommitLog", "transientStorePoolSize");
        assertThat(shownTexts(robot, ".settings-group")).containsExactly("Flush");
    }

    @Test
    void shouldShowUnitAndDefaultOfEachSettingAndWhyTheFileSizeIsFixed(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.CONTROL, KeyCode.COMMA);

        assertThat(shownTexts(robot, ".setting-note")).hasSize(StoreSetting.values().length)
                .allMatch(note -> note.contains("default"))
                .contains("fixed: needs a new store · default: 1\u00a0GiB");
        assertThat(shownTexts(robot, ".setting-unit")).contains("bytes = 256\u00a0KiB", "ms", "pages of 4 KiB");
        assertThat(robot.lookup("#setting-mappedFileSizeCommitLog").queryAs(TextField.class).isEditable()).isFalse();
    }

    @Test
    void shouldShowEverySettingWithWhatItDoes(FxRobot robot) {
        fixture.openStore();

        for (StoreSetting setting : StoreSetting.values()) {
            FxThread.run(() -> fixture.window.showSetting(setting));

            assertThat(robot.lookup("#setting-" + setting.rocketMqName()).tryQuery()).as(setting.rocketMqName())
                    .isPresent();
            assertThat(robot.lookup("#settings-explanation").queryAs(Label.class).getText())
                    .contains(setting.rocketMqName(), setting.description(), "Default");
        }
    }

    private static void setting(FxRobot robot, String name, String text) {
        robot.interact(() -> robot.lookup("#setting-" + name).queryAs(TextField.class).setText(text));
    }

    private static java.util.List<String> shownTexts(FxRobot robot, String query) {
        return robot.lookup(query)
                .match(node -> node.isVisible() && node.getParent().isVisible()
                        && node.getParent().getParent().isVisible())
                .queryAllAs(Label.class)
                .stream()
                .map(Label::getText)
                .toList();
    }
}
