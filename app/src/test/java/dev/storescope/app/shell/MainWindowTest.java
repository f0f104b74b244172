package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.PanelId;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What a user does with the window, from the first look to the last setting.
@ExtendWith(ApplicationExtension.class)
class MainWindowTest {
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
    void shouldSayThatNoStoreIsOpen(FxRobot robot) {
        assertThat(robot.lookup("#no-store").query().isVisible()).isTrue();
        assertThat(robot.lookup("#log-screen").query().isVisible()).isFalse();
    }

    @Test
    void shouldOpenTheOwnStoreWithOneClick(FxRobot robot) {
        robot.clickOn("#no-store-own");

        fixture.await(() -> robot.lookup("#log-screen").query().isVisible());
        assertThat(fixture.folder.resolve("store/commitlog").getParent()).isDirectory();
    }

    @Test
    void shouldShowEveryPanel(FxRobot robot) {
        fixture.openStore();

        for (PanelId id : Screen.LOG.panels()) {
            Node panel = robot.lookup("." + id.styleClass()).query();
            assertThat(panel.isVisible() && panel.getScene() != null).as(id.panelName()).isTrue();
        }
    }

    @Test
    void shouldStartLoadWithAKeyAndSeeCountsMove(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.L);

        fixture.await(() -> acknowledged() > 100);
        fixture.await(() -> fixture.window.status().loadProperty().get().contains("producers"));
        robot.push(KeyCode.L);
        fixture.await(() -> loadState() == LoadState.ENDED);
    }

    @Test
    void shouldMoveNoFocusWithTheKeyOfTheLoad(FxRobot robot) {
        // given a window that nobody has pointed at
        fixture.openStore();
        Node before = fixture.window.scene().getFocusOwner();
        assertThat(before).as("no control has a ring before it was asked for")
                .isSameAs(
                        fixture.window.scene().getRoot());
        // when
        robot.push(KeyCode.L);
        fixture.await(() -> acknowledged() > 100);
        // then
        assertThat(fixture.window.scene().getFocusOwner()).isSameAs(before);
        robot.push(KeyCode.L);
        fixture.await(() -> loadState() == LoadState.ENDED);
        assertThat(fixture.window.scene().getFocusOwner()).isSameAs(before);
    }

    @Test
    void shouldNotStartALoadByKeyWhileAValueIsWrong(FxRobot robot) {
        // given
        fixture.openStore();
        TextField rate = robot.lookup("#load-rate").queryAs(TextField.class);
        robot.interact(() -> {
            rate.requestFocus();
            rate.setText("fast");
        });
        robot.interact(() -> fixture.window.scene().getRoot().requestFocus());
        // when
        robot.push(KeyCode.L);
        robot.interact(() -> fixture.window.actions().run(ActionId.BURST));
        // then
        fixture.session.idle().join();
        assertThat(fixture.session.read().load()).isEmpty();
        assertThat(rate.getText()).as("nothing is typed into it").isEqualTo("fast");
        fixture.await(() -> robot.lookup("#load-state")
                .queryAs(Label.class)
                .getText()
                .equals("Not started: a value is wrong (Target rate)."));
    }

    @ParameterizedTest
    @EnumSource(value = KeyCode.class, names = {"PLUS", "EQUALS", "ADD"})
    void shouldEnlargeTheTextWithWhateverKeyPlusIsOn(KeyCode plus, FxRobot robot) {
        fixture.openStore();
        int before = fixture.window.parts().look().textSizePercent();

        robot.push(KeyCode.CONTROL, plus);

        assertThat(fixture.window.parts().look().textSizePercent()).isGreaterThan(before);
    }

    @Test
    void shouldSendABurstWithAKey(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.B);

        fixture.await(() -> acknowledged() >= 10_000);
    }

    @Test
    void shouldTypeLettersThatAreShortcutsElsewhere(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.CONTROL, KeyCode.K).write("lbl1");

        assertThat(robot.lookup("#palette-input").queryAs(TextField.class).getText()).isEqualTo("lbl1");
        assertThat(fixture.session.read().load()).as("no load was started").isEmpty();
    }

    @Test
    void shouldSwitchTheFlushModeOnTheSameFiles(FxRobot robot) {
        // given
        fixture.openStore();
        robot.push(KeyCode.L);
        fixture.await(() -> acknowledged() > 100);
        long wrote = snapshot().log().wrote().offset();
        // when
        robot.push(KeyCode.CONTROL, KeyCode.F);
        // then
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .map(store -> store.config().flushDiskType())
                .filter(FlushDiskType.SYNC_FLUSH::equals)
                .isPresent());
        assertThat(snapshot().log().wrote().offset()).isGreaterThanOrEqualTo(wrote);
        fixture.await(() -> fixture.window.status().modeProperty().get().contains("SYNC_FLUSH"));
        fixture.await(() -> fixture.window.status().lastProperty().get().contains("flushDiskType = SYNC_FLUSH"));
    }

    @Test
    void shouldSwitchThePool(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);

        fixture.await(() -> fixture.window.status().modeProperty().get().contains("transientStorePool"));
    }

    @Test
    void shouldMakeANewStoreWithSmallFiles(FxRobot robot) {
        // given
        Path directory = fixture.folder.resolve("another");
        robot.push(KeyCode.CONTROL, KeyCode.N);
        // when
        robot.interact(() -> {
            robot.lookup("#new-store-directory").queryAs(TextField.class).setText(directory.toString());
            robot.lookup("#new-store-size").<ComboBox<Long>>queryAs(comboBoxOfLongs()).setValue(64L << 10);
        });
        robot.clickOn("#new-store-create");
        // then
        fixture.await(() -> fixture.session.read().snapshot().isPresent());
        assertThat(snapshot().config().storePathRootDir()).isEqualTo(directory);
        assertThat(snapshot().config().mappedFileSizeCommitLog()).isEqualTo(64 << 10);
    }

    @Test
    void shouldOpenAnotherStoreAndThenARecentOne(FxRobot robot) {
        // given
        fixture.openStore();
        fixture.session.create(fixture.folder.resolve("second"), WindowFixture.SEGMENT_BYTES).join();
        fixture.picked = Optional.of(fixture.folder.resolve("store"));
        // when
        robot.push(KeyCode.CONTROL, KeyCode.O);
        // then
        fixture.await(() -> fixture.window.status().storePathProperty().get().endsWith("store"));
        assertThat(fixture.settings.get().recentStores()).hasSize(2);
    }

    @Test
    void shouldSayThatADirectoryIsNoStoreAndLeaveIt(FxRobot robot) throws IOException {
        // given
        fixture.openStore();
        Path foreign = Files.createDirectories(fixture.folder.resolve("photos"));
        Files.writeString(foreign.resolve("cat.jpg"), "meow");
        fixture.picked = Optional.of(foreign);
        // when
        robot.push(KeyCode.CONTROL, KeyCode.O);
        // then
        fixture.await(() -> robot.lookup("#notice-error").tryQuery().isPresent());
        assertThat(robot.lookup("#notice-error").query().getAccessibleText()).contains("photos", "expected a store");
        assertThat(fixture.session.read().state()).isInstanceOf(SessionState.Running.class);
        try (Stream<Path> entries = Files.list(foreign)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void shouldAskBeforeItWritesToABrokersStore(FxRobot robot) throws IOException {
        // given
        fixture.openStore();
        Path broker = fixture.folder.resolve("broker");
        fixture.session.create(broker, WindowFixture.SEGMENT_BYTES).join();
        fixture.session.open(fixture.folder.resolve("store")).join();
        Files.createDirectories(broker.resolve("timerlog"));
        fixture.settings.update(own -> AppSettings.defaults());
        fixture.picked = Optional.of(broker);
        // when
        robot.push(KeyCode.CONTROL, KeyCode.O);
        // then
        fixture.await(() -> robot.lookup("#confirm-ok").tryQuery().isPresent());
        assertThat(robot.lookup(".sheet-text").queryAs(Label.class).getText()).contains(broker.toString(), "timerlog");
        robot.clickOn("#confirm-ok");
        fixture.await(() -> fixture.session.read().snapshot().isPresent()
                && snapshot().config().storePathRootDir().equals(broker));
    }

    @Test
    void shouldTellALongNoticeInOneRowAndWhollyInItsTooltip(FxRobot robot) {
        // given
        fixture.openStore();
        Node panel = robot.lookup("." + PanelId.RATES.styleClass()).query();
        Bounds before = panel.localToScene(panel.getLayoutBounds());
        Path deep = fixture.folder.resolve("a directory with a long name ".repeat(6)).resolve("missing");
        // when
        fixture.session.open(deep).exceptionally(_ -> null).join();
        fixture.await(() -> robot.lookup("#notice-error").tryQuery().isPresent());
        // then
        Label words = robot.lookup("#notice-error .notice-words").queryAs(Label.class);
        assertThat(words.getTooltip().getText()).contains(deep.toString(), "expected", "found");
        fixture.await(() -> words.getWidth() > 0);
        assertThat(panel.localToScene(panel.getLayoutBounds())).as("nothing moves").isEqualTo(before);
        Node notice = robot.lookup("#notice-error").query();
        Node screens = robot.lookup(".screens").query();
        assertThat(notice.localToScene(notice.getLayoutBounds()).getMinY()).as("below all panels")
                .isGreaterThanOrEqualTo(screens.localToScene(screens.getLayoutBounds()).getMaxY());
        // when
        robot.clickOn(words);
        // then
        assertThat(robot.lookup("#messages-sheet").tryQuery()).isPresent();
    }

    @Test
    void shouldTellANoticeInAnotherLanguageToo(FxRobot robot) {
        // given
        fixture.openStore();
        fixture.session.open(fixture.folder.resolve("missing")).exceptionally(_ -> null).join();
        fixture.await(() -> robot.lookup("#notice-error").tryQuery().isPresent());
        // when
        robot.clickOn("#language");
        // then
        assertThat(robot.lookup("#notice-error .notice-words").queryAs(Label.class).getText()).startsWith("存储未打开");
    }

    @Test
    void shouldOfferANewStoreAndTheLimitsWhenTheLogIsFull(FxRobot robot) {
        // given
        fixture.settings.update(own -> own.withLoadLimits(1 << 20, 0));
        fixture.openStore();
        // when
        fixture.session.burst(5_000).join();
        // then
        fixture.await(() -> robot.lookup("#notice-warning").tryQuery().isPresent());
        robot.clickOn("#notice-loadLimits");
        assertThat(robot.lookup("#limits-sheet").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        robot.clickOn("#notice-newStore");
        assertThat(robot.lookup("#new-store-sheet").tryQuery()).isPresent();
    }

    @Test
    void shouldSayOnceWhyAStoreCannotBeOpenedAndOfferWhatCanWork(FxRobot robot) {
        // given
        Path own = fixture.folder.resolve("store");
        try (var other = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(AppSettings.defaults()))) {
            other.create(own, WindowFixture.SEGMENT_BYTES).join();
            // when
            robot.clickOn("#no-store-own");
            fixture.await(() -> fixture.window.status().failedProperty().get());
            // then
            assertThat(shownLabels(robot).filter(text -> text.contains("expected a directory"))).hasSize(1);
            assertThat(shownLabels(robot)).doesNotContain("Live", own.toString());
            assertThat(robot.lookup("#no-store-own").query().isVisible()).as("what has just failed").isFalse();
            assertThat(robot.lookup("#notice-error").tryQuery()).isEmpty();
        }
        // when the other one is closed
        robot.clickOn("#no-store-again");
        // then
        fixture.await(() -> robot.lookup("#log-screen").query().isVisible());
        assertThat(shownLabels(robot)).contains("Live");
    }

    private static Stream<String> shownLabels(FxRobot robot) {
        return robot.lookup(node -> node instanceof Label && isShown(node))
                .queryAllAs(Label.class)
                .stream()
                .map(
                        Label::getText);
    }

    private static boolean isShown(Node node) {
        boolean shown = true;
        for (Node each = node; each != null; each = each.getParent()) {
            shown &= each.isVisible();
        }
        return shown;
    }

    @Test
    void shouldKeepTheFactsInSightWhateverHappens(FxRobot robot) {
        // given
        fixture.openStore();
        robot.push(KeyCode.B);
        fixture.await(() -> acknowledged() >= 10_000);
        fixture.await(() -> fixture.window.status().loadProperty().get().contains("acknowledged"));
        Node load = robot.lookup("#status-load").query();
        fixture.await(() -> load.getBoundsInParent().getMinX() > 0);
        double before = load.getBoundsInParent().getMinX();
        // when
        fixture.session.note("session.picture", "a/long/path/".repeat(30));
        // then
        fixture.await(() -> fixture.window.status().lastProperty().get().contains("a/long/path"));
        assertThat(load.isVisible()).isTrue();
        assertThat(robot.lookup("#status-behind").query().isVisible()).isTrue();
        assertThat(load.getBoundsInParent().getMinX()).isEqualTo(before);
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
    void shouldKeepWhatHappenedInAList(FxRobot robot) {
        fixture.openStore();
        fixture.session.open(fixture.folder.resolve("missing")).exceptionally(_ -> null).join();
        fixture.await(() -> robot.lookup("#notice-error").tryQuery().isPresent());

        robot.push(KeyCode.CONTROL, KeyCode.M);

        assertThat(robot.lookup("#message-list").queryListView().getItems()).hasSizeGreaterThanOrEqualTo(2);
        robot.clickOn("#open-log-file");
        assertThat(fixture.openedFiles).hasSize(1);
    }

    @Test
    void shouldSwitchTheLanguageOfEverythingAtOnce(FxRobot robot) {
        fixture.openStore();

        robot.clickOn("#language");

        assertThat(fixture.texts.language()).isEqualTo(Language.CHINESE);
        assertThat(texts(robot)).contains("日志", "文件").doesNotContain("Log", "File");
        fixture.await(() -> fixture.window.status().modeProperty().get().contains("可写"));
        robot.clickOn("#language");
        assertThat(texts(robot)).contains("Log", "File");
    }

    @Test
    void shouldSwitchTheTheme(FxRobot robot) {
        fixture.openStore();
        var dark = fixture.window.scene().getStylesheets().stream().toList();

        robot.clickOn("#theme");

        assertThat(fixture.look.theme()).isEqualTo(Theme.LIGHT);
        assertThat(fixture.window.scene().getStylesheets()).isNotEqualTo(dark)
                .anyMatch(sheet -> sheet.endsWith("tokens-light.css"));
    }

    @Test
    void shouldChangeTheSizeOfText(FxRobot robot) {
        fixture.openStore();
        double before = robot.lookup(".app-name").queryAs(Label.class).getFont().getSize();

        robot.interact(() -> fixture.look.textSizePercentProperty().set(150));

        fixture.await(() -> robot.lookup(".app-name").queryAs(Label.class).getFont().getSize() > before * 1.4);
    }

    @Test
    void shouldRunACommandFromThePalette(FxRobot robot) {
        fixture.openStore();

        robot.clickOn("#palette-field").write("switch theme").push(KeyCode.ENTER);

        assertThat(fixture.look.theme()).isEqualTo(Theme.LIGHT);
        assertThat(fixture.window.overlays().isShowing()).isFalse();
    }

    @Test
    void shouldKeepWhatIsTypedBeforeThePaletteWasDrawn(FxRobot robot) {
        fixture.openStore();

        // all within one frame
        robot.interact(() -> {
            fixture.window.actions().run(ActionId.PALETTE);
            Node typing = fixture.window.scene().getFocusOwner();
            for (String letter : "flush".split("")) {
                Event.fireEvent(typing, new KeyEvent(KeyEvent.KEY_TYPED, letter, "", KeyCode.UNDEFINED, false, false,
                        false, false));
            }
        });

        assertThat(robot.lookup("#palette-input").queryAs(TextField.class).getText()).isEqualTo("flush");
    }

    @Test
    void shouldRunNothingOnEnterBeforeAnythingWasTyped(FxRobot robot) {
        // given
        fixture.openStore();
        long generation = fixture.session.read().generation();
        // when
        robot.push(KeyCode.CONTROL, KeyCode.K).push(KeyCode.ENTER).write("  ").push(KeyCode.ENTER);
        // then
        assertThat(robot.lookup("#palette").tryQuery()).isPresent();
        assertThat(fixture.session.read().generation()).isEqualTo(generation);
        // when he chooses the first
        robot.push(KeyCode.DOWN);
        // then
        assertThat(robot.lookup("#palette-list").queryListView().getSelectionModel().getSelectedIndex()).isZero();
    }

    @Test
    void shouldJumpToAMessageFromThePalette(FxRobot robot) {
        fixture.openStore();
        robot.push(KeyCode.B);
        fixture.await(() -> acknowledged() > 10);
        String id = fixture.session.message(0).join().orElseThrow().messageId();

        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.interact(() -> robot.lookup("#palette-input").queryAs(TextField.class).setText(id));
        robot.push(KeyCode.ENTER);

        fixture.await(() -> fixture.window.selection().message().isPresent());
        assertThat(fixture.window.selection().message().orElseThrow().commitLogOffset()).isZero();
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

    @Test
    void shouldShowEverySettingWithWhatItDoes(FxRobot robot) {
        fixture.openStore();

        for (StoreSetting setting : StoreSetting.values()) {
            robot.interact(() -> fixture.window.showSetting(setting));

            assertThat(robot.lookup("#setting-" + setting.rocketMqName()).tryQuery()).as(setting.rocketMqName())
                    .isPresent();
            assertThat(robot.lookup("#settings-explanation").queryAs(Label.class).getText())
                    .contains(setting.rocketMqName(), setting.description(), "Default");
        }
    }

    @Test
    void shouldShowAllShortcutsOnAQuestionMark(FxRobot robot) {
        fixture.openStore();

        robot.write("?");

        assertThat(robot.lookup("#shortcuts-sheet").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#shortcuts-sheet").tryQuery()).isEmpty();
    }

    @Test
    void shouldAskBeforeItKills(FxRobot robot) {
        // given
        fixture.openStore();
        long generation = fixture.session.read().generation();
        // when
        robot.interact(() -> fixture.window.actions().run(ActionId.KILL_STORE));
        robot.clickOn("#confirm-cancel");
        // then
        assertThat(fixture.session.read().generation()).isEqualTo(generation);
        robot.interact(() -> fixture.window.actions().run(ActionId.KILL_STORE));
        robot.clickOn("#confirm-ok");
        fixture.await(() -> fixture.session.read().generation() > generation);
    }

    @Test
    void shouldKeepTheKeyboardInAnOpenSheet(FxRobot robot) {
        fixture.openStore();
        robot.push(KeyCode.CONTROL, KeyCode.N);

        for (int i = 0; i < 12; i++) {
            robot.push(KeyCode.TAB);
            assertThat(isInside(fixture.window.scene().getFocusOwner(), "overlay")).as("after %d tabs", i + 1).isTrue();
        }
    }

    @Test
    void shouldReachTopBarPanelsAndRailByKeyboard(FxRobot robot) {
        fixture.openStore();
        robot.interact(() -> robot.lookup("#rail-log").query().requestFocus());

        boolean reached = false;
        for (int i = 0; i < 80 && !reached; i++) {
            robot.push(KeyCode.TAB);
            reached = "palette-field".equals(fixture.window.scene().getFocusOwner().getId());
        }

        assertThat(reached).as("palette field reached from the rail").isTrue();
    }

    @Test
    void shouldSaveAPictureOfTheWindow(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.CONTROL, KeyCode.P);

        fixture.await(() -> fixture.window.status().lastProperty().get().contains(".png"));
        assertThat(fixture.folder.resolve("pictures")).isDirectoryContaining("glob:**window*.png");
    }

    @Test
    void shouldCloseTheStore(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.CONTROL, KeyCode.W);

        fixture.await(() -> robot.lookup("#no-store").query().isVisible());
        assertThat(fixture.session.read().snapshot()).isEmpty();
    }

    private long acknowledged() {
        return fixture.session.read().load().map(LoadSnapshot::acknowledged).orElse(0L);
    }

    private LoadState loadState() {
        return fixture.session.read().load().map(LoadSnapshot::state).orElse(LoadState.READY);
    }

    private StoreSnapshot snapshot() {
        return fixture.session.read().snapshot().orElseThrow();
    }

    private static java.util.Set<String> texts(FxRobot robot) {
        var texts = new java.util.HashSet<String>();
        robot.lookup(node -> node instanceof javafx.scene.control.Labeled)
                .queryAll()
                .forEach(node -> texts.add(((javafx.scene.control.Labeled) node).getText()));
        return texts;
    }

    @SuppressWarnings("unchecked") // the class of a generic type is that of its raw one
    private static Class<ComboBox<Long>> comboBoxOfLongs() {
        return (Class<ComboBox<Long>>) (Class<?>) ComboBox.class;
    }

    private static boolean isInside(Node node, String id) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (id.equals(each.getId())) {
                return true;
            }
        }
        return false;
    }
}
