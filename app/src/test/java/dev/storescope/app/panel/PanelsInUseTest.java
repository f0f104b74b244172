package dev.storescope.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.EntryField;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the panels on the left and on the right, on a real store.
@ExtendWith(WindowExtension.class)
class PanelsInUseTest {
    private static final long SEGMENT_BYTES = 1 << 20;

    @TempDir private static Path folders;
    private static int testNumber;

    private final LiveSession session = new LiveSession(new LiveWorld(),
            AppSettingsFile.inMemory(AppSettings.defaults()));
    private final List<String> asked = new ArrayList<>();
    private Pulse pulse;

    @Start
    void start(Stage stage) {
        session.create(folders.resolve("store-" + testNumber++), SEGMENT_BYTES).join();
        session.changeLoad(_ -> LoadSpec.builder().producers(4).pacing(new Pacing.Constant(2_000)).build()).join();
        pulse = new Pulse(session);
        var context = new PanelContext(session, new Texts(Language.ENGLISH), new Selection(), new AskedHost());
        var loader = new PanelLoader(context);
        var columns = new HBox(column(loader, PanelId.LOAD), column(loader, PanelId.STORE_MODE),
                column(loader, PanelId.DURABILITY, PanelId.PUT_LATENCY, PanelId.RATES));
        stage.setScene(new Scene(columns, 1000, 900));
        new Look(Theme.DARK, 100, MainWindow.stylesheets()).apply(stage.getScene());
        stage.show();
        pulse.start();
    }

    private VBox column(PanelLoader loader, PanelId... ids) {
        var column = new VBox();
        column.setPrefWidth(330);
        for (PanelId id : ids) {
            Panel panel = loader.load(id);
            pulse.register(panel.view(), panel.controller());
            column.getChildren().add(panel.view());
        }
        return column;
    }

    @AfterEach
    void close() {
        FxThread.run(pulse::stop);
        session.close();
    }

    // --- load ---

    @Test
    void shouldStartAndStopLoadAndSayHowItGoes(FxRobot robot) {
        // when
        robot.clickOn("#load-start");
        // then
        await(() -> load() == LoadState.RUNNING);
        await(() -> text(robot, "#load-accepted").endsWith("/s"));
        assertThat(text(robot, "#load-refused")).isEqualTo("0");
        assertThat(text(robot, "#load-missed")).matches("[\\d\u00a0]+");
        assertThat(robot.lookup("Stop load").tryQuery()).isPresent();
        // when
        robot.clickOn("#load-start");
        // then
        await(() -> load() == LoadState.ENDED);
        await(() -> label(robot, "#load-state").equals("Stopped."));
        assertThat(robot.lookup("Start load").tryQuery()).isPresent();
    }

    @Test
    void shouldSendABurst(FxRobot robot) {
        robot.clickOn("#load-burst");

        await(() -> session.read().load().map(LoadSnapshot::acknowledged).orElse(0L) >= 10_000);
    }

    @Test
    void shouldMarkAWrongRateAndNotApplyIt(FxRobot robot) {
        // when
        type(robot, "#load-rate", "fast");
        // then
        var field = robot.lookup("#load-rate").queryAs(EntryField.class);
        assertThat(field.getPseudoClassStates()).anyMatch(state -> state.getPseudoClassName().equals("danger"));
        assertThat(robot.lookup(".field-problem").match(Node::isVisible).queryAs(Label.class).getText())
                .contains("Expected", "found fast", "Still in force: 2\u00a0000\u00a0/s");
        assertThat(session.read().loadSpec().pacing()).isEqualTo(new Pacing.Constant(2_000));
        // when he thinks better of it
        robot.push(KeyCode.ESCAPE);
        // then
        assertThat(field.getText()).isEqualTo("2\u00a0000\u00a0/s");
        assertThat(robot.lookup(".field-problem").match(Node::isVisible).tryQuery()).isEmpty();
    }

    @Test
    void shouldNotStartWithAWrongValueInAnyFieldAndLoseNoneOfThem(FxRobot robot) {
        for (String shape : List.of("Constant", "Ramp", "Steps", "Bursts")) {
            // given
            robot.clickOn(shape);
            FxThread.settle();
            List<EntryField> fields = robot.lookup(".load .entry-field")
                    .match(PanelsInUseTest::isSeen)
                    .queryAllAs(EntryField.class)
                    .stream()
                    .toList();
            assertThat(fields).as(shape).hasSizeGreaterThan(6);
            for (EntryField field : fields) {
                String before = field.getText();
                robot.interact(() -> {
                    field.requestFocus();
                    field.setText("abc");
                    field.getScene().getRoot().requestFocus();
                });
                // when
                robot.clickOn("#load-start");
                // then
                String where = shape + ": " + field.getAccessibleText();
                assertThat(session.read().load()).as(where).isEmpty();
                assertThat(field.isFocused()).as(where).isTrue();
                assertThat(field.getText()).as(where).isEqualTo("abc");
                assertThat(robot.lookup(".load .field-problem").match(Node::isVisible).queryAs(Label.class).getText())
                        .as(where)
                        .contains("Expected", "found abc", "Still in force: " + before);
                // when, by Burst
                robot.clickOn("#load-burst");
                assertThat(session.read().load()).as(where).isEmpty();
                robot.push(KeyCode.ESCAPE);
                assertThat(field.getText()).as(where).isEqualTo(before);
            }
        }
        // when all is right again
        robot.clickOn("#load-start");
        await(() -> load() == LoadState.RUNNING);
    }

    private static boolean isSeen(Node node) {
        return Stream.<Node>iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    @Test
    void shouldShowWhatIsSlidToInPlaceOfAWrongText(FxRobot robot) {
        // given
        type(robot, "#load-rate", "fast");
        // when
        robot.interact(() -> robot.lookup("#load-rate-slider").query().requestFocus());
        robot.push(KeyCode.RIGHT);
        // then
        await(() -> !robot.lookup("#load-rate").queryAs(EntryField.class).getText().equals("fast"));
        assertThat(robot.lookup(".load .field-problem").match(Node::isVisible).tryQuery()).isEmpty();
    }

    @Test
    void shouldTakeARateAsPeopleWriteIt(FxRobot robot) {
        // when
        type(robot, "#load-rate", "3.5k");
        // then
        await(() -> session.read().loadSpec().pacing().equals(new Pacing.Constant(3_500)));
        assertThat(robot.lookup("#load-rate").queryAs(EntryField.class).getText()).isEqualTo("3\u00a0500\u00a0/s");
    }

    @Test
    void shouldChangeARunningLoadByDraggingTheSlider(FxRobot robot) {
        // given
        robot.clickOn("#load-start");
        await(() -> load() == LoadState.RUNNING);
        // when
        robot.drag("#load-rate-slider .thumb").moveBy(40, 0).drop();
        // then
        await(() -> session.read()
                .load()
                .map(LoadSnapshot::spec)
                .map(LoadSpec::pacing)
                .filter(pacing -> pacing instanceof Pacing.Constant constant && constant.perSecond() > 2_500)
                .isPresent());
        assertThat(load()).isEqualTo(LoadState.RUNNING);
    }

    @Test
    void shouldMoveTheSliderByKeys(FxRobot robot) {
        // given
        robot.interact(() -> robot.lookup("#load-producers-slider").query().requestFocus());
        // when
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT).push(KeyCode.LEFT);
        // then
        await(() -> session.read().loadSpec().producers() == 5);
        // when
        robot.push(KeyCode.END);
        // then
        await(() -> session.read().loadSpec().producers() == 256);
    }

    @Test
    void shouldPullTheTwoThumbsApartForARange(FxRobot robot) {
        // when
        robot.drag(".log-range-slider .high-thumb").moveBy(60, 0).drop();
        // then
        await(() -> session.read().loadSpec().body().maxBytes() > 2_048);
        assertThat(session.read().loadSpec().body().minBytes()).isEqualTo(1_024);
        await(() -> robot.lookup("mostly short").query().isVisible());
    }

    @Test
    void shouldChooseLoopAndShape(FxRobot robot) {
        robot.clickOn("Ramp");
        await(() -> session.read().loadSpec().pacing() instanceof Pacing.Ramp);

        robot.clickOn("Closed");
        await(() -> session.read().loadSpec().pacing() instanceof Pacing.ClosedLoop);
        assertThat(robot.lookup("#load-shape").query().isVisible()).as("shapes belong to the open loop").isFalse();

        robot.clickOn("Open");
        await(() -> session.read().loadSpec().pacing() instanceof Pacing.Ramp);
    }

    @Test
    void shouldDrawTheShapeThatHoldsFromTheStartAndChooseOthersByArrowKeys(FxRobot robot) {
        // given
        await(() -> chosen(robot, "#load-shape").equals(List.of("Constant")));
        robot.interact(() -> robot.lookup("#load-shape .toggle-button").query().requestFocus());
        // when
        robot.push(KeyCode.RIGHT);
        // then
        await(() -> session.read().loadSpec().pacing() instanceof Pacing.Ramp);
        assertThat(chosen(robot, "#load-shape")).containsExactly("Ramp");
        // when
        robot.push(KeyCode.END);
        // then
        await(() -> session.read().loadSpec().pacing() instanceof Pacing.Bursts);
        assertThat(chosen(robot, "#load-shape")).containsExactly("Bursts");
    }

    private static List<String> chosen(FxRobot robot, String buttons) {
        return robot.lookup(buttons + " .toggle-button")
                .queryAllAs(ToggleButton.class)
                .stream()
                .filter(ToggleButton::isSelected)
                .map(ToggleButton::getText)
                .toList();
    }

    // --- store mode ---

    @Test
    void shouldRestartInSyncFlushWhileTheLoadGoesOn(FxRobot robot) {
        // given
        robot.clickOn("#load-start");
        await(() -> session.read().load().map(LoadSnapshot::acknowledged).orElse(0L) > 100);
        long wrote = snapshot().log().wrote().offset();
        // when
        robot.clickOn("#flush-sync");
        // then
        await(() -> session.read()
                .snapshot()
                .map(store -> store.config().flushDiskType())
                .filter(FlushDiskType.SYNC_FLUSH::equals)
                .isPresent());
        await(() -> !robot.lookup("#store-mode-settings").query().isDisabled());
        assertThat(snapshot().log().wrote().offset()).isGreaterThanOrEqualTo(wrote);
        await(() -> load() == LoadState.RUNNING);
        assertThat(robot.lookup("#pool-switch").query().isDisabled()).isTrue();
        await(() -> robot.lookup("needs async flush on a master").tryQuery().isPresent());
    }

    @Test
    void shouldKeepTheKeyboardWhereItIsThroughARestart(FxRobot robot) {
        // given
        robot.interact(() -> robot.lookup("#flush-async").query().requestFocus());
        // when
        robot.push(KeyCode.RIGHT);
        // then
        await(() -> session.read()
                .snapshot()
                .map(store -> store.config().flushDiskType())
                .filter(FlushDiskType.SYNC_FLUSH::equals)
                .isPresent());
        await(() -> !robot.lookup("#store-mode-settings").query().isDisabled());
        assertThat(robot.lookup("#flush-sync").query().isFocused()).isTrue();
    }

    @Test
    void shouldSwitchThePoolAndShowWhatAKillWouldLose(FxRobot robot) {
        // when
        robot.clickOn("#pool-switch");
        // then
        await(() -> session.read().snapshot().filter(store -> store.config().transientStorePoolActs()).isPresent());
        await(() -> robot.lookup("#commit-interval").query().isVisible());
        await(() -> robot.lookup("commits").tryQuery().isPresent());
    }

    @Test
    void shouldTakeAnotherIntervalByARestart(FxRobot robot) {
        // when
        type(robot, "#flush-interval", "200");
        // then
        await(() -> session.read()
                .snapshot()
                .filter(store -> store.config().number(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG) == 200)
                .isPresent());
        await(() -> robot.lookup("#flush-interval").queryAs(EntryField.class).getText().equals("200\u00a0ms"));
    }

    @Test
    void shouldNotRestartForAWrongInterval(FxRobot robot) {
        // given
        long generation = session.read().generation();
        // when
        type(robot, "#flush-interval", "0");
        // then
        assertThat(robot.lookup(".field-problem").match(Node::isVisible).queryAs(Label.class).getText())
                .contains("found 0");
        assertThat(session.read().generation()).isEqualTo(generation);
    }

    @Test
    void shouldAskTheWindowForSheets(FxRobot robot) {
        robot.clickOn("#new-store").clickOn("#all-settings").clickOn("Limits…");

        assertThat(asked).containsExactly("new store", "settings", "limits");
    }

    // --- put latency, rates ---

    @Test
    void shouldShowPercentilesAndWhereTheTimeWent(FxRobot robot) {
        // given
        robot.clickOn("#load-start");
        // then
        await(() -> robot.lookup(".percentile .live-text")
                .queryAllAs(LiveText.class)
                .stream()
                .noneMatch(text -> text.getText().equals(Formats.UNKNOWN)));
        // when
        robot.clickOn("Where time went");
        // then
        assertThat(robot.lookup(".stages-view").query().isVisible()).isTrue();
        assertThat(robot.lookup(".latency-view").query().isVisible()).isFalse();
        await(() -> robot.lookup(".stages .median")
                .queryAllAs(LiveText.class)
                .stream()
                .filter(text -> text.getText().contains("s") && text.getText().matches(".*\\d.*"))
                .count() >= 3);
    }

    @Test
    void shouldReadAMomentUnderTheMouseOrByKeys(FxRobot robot) {
        // given
        robot.clickOn("#load-start");
        await(() -> session.read().load().map(LoadSnapshot::acknowledged).orElse(0L) > 1_000);
        // when
        robot.moveTo(".rates .sparkline.messages");
        // then
        await(() -> robot.lookup(".rates .panel-hint").queryAs(Label.class).getText().endsWith("s ago"));
        // when
        robot.clickOn(".rates .sparkline.messages").push(KeyCode.ESCAPE);
        // then
        assertThat(robot.lookup(".rates .panel-hint").queryAs(Label.class).getText()).isEqualTo("last 60 s");
        // when
        robot.push(KeyCode.LEFT).push(KeyCode.LEFT);
        // then
        assertThat(robot.lookup(".rates .panel-hint").queryAs(Label.class).getText()).isEqualTo("1.0 s ago");
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.clickOn(field).push(KeyCode.CONTROL, KeyCode.A).write(text).push(KeyCode.ENTER);
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(LiveText.class).getText();
    }

    private static String label(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    private LoadState load() {
        return session.read().load().map(LoadSnapshot::state).orElse(LoadState.READY);
    }

    private StoreSnapshot snapshot() {
        return session.read().snapshot().orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        FxThread.await(condition);
    }

    /// Notes what it is asked for.
    private final class AskedHost implements PanelHost {
        @Override
        public void showSettings() {
            asked.add("settings");
        }

        @Override
        public void showSetting(StoreSetting setting) {
            asked.add(setting.rocketMqName());
        }

        @Override
        public void showNewStore() {
            asked.add("new store");
        }

        @Override
        public void showLoadLimits() {
            asked.add("limits");
        }

        @Override
        public void confirm(String keyPrefix, Runnable action, Object... values) {
            asked.add(keyPrefix);
        }
    }
}
