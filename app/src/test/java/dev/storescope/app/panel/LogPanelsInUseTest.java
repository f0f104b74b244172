package dev.storescope.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.RecordPlace;
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
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the two panels in the middle, on a real store.
@ExtendWith(WindowExtension.class)
class LogPanelsInUseTest {
    private static final long SEGMENT_BYTES = 128 << 10;
    private static final long ENOUGH_BYTES = 5 * SEGMENT_BYTES / 2;

    @TempDir private static Path folders;
    private static int testNumber;

    private final LiveSession session = new LiveSession(new LiveWorld(),
            AppSettingsFile.inMemory(AppSettings.defaults()));
    private final Selection selection = new Selection();
    private Look look;
    private Pulse pulse;

    @Start
    void start(Stage stage) {
        session.create(folders.resolve("store-" + testNumber++), SEGMENT_BYTES).join();
        look = new Look(Theme.DARK, 100, MainWindow.stylesheets());
        pulse = new Pulse(session);
        var context = new PanelContext(session, new Texts(Language.ENGLISH), selection, new NoHost());
        var loader = new PanelLoader(context);
        var column = new VBox();
        for (PanelId id : new PanelId[] {PanelId.COMMIT_LOG, PanelId.FLUSH}) {
            Panel panel = loader.load(id);
            pulse.register(panel.view(), panel.controller());
            column.getChildren().add(panel.view());
        }
        VBox.setVgrow(column.getChildren().getFirst(), Priority.ALWAYS);
        stage.setScene(new Scene(column, 900, 760));
        look.apply(stage.getScene());
        stage.show();
        pulse.start();
    }

    @AfterEach
    void close() {
        FxThread.run(pulse::stop);
        session.close();
    }

    /// Two full files and a half, on disk; then silence. Always as much, however fast the machine is: what lies under
    /// the mouse must not depend on how long the load ran on.
    private void fillLog() {
        fillLog(1 << 10, 300);
    }

    /// The same by so few forces that the store still knows each of them.
    private void fillLogByFewForces() {
        fillLog(8 << 10, 42);
        assertThat(snapshot().counters().forces()).isLessThan(64);
    }

    private void fillLog(int bodyBytes, int messages) {
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        LoadSpec onlyWhatIsAskedFor = LoadSpec.builder()
                .producers(4)
                .pacing(new Pacing.Constant(0))
                .body(new BodySize.Fixed(bodyBytes))
                .build();
        session.changeLoad(_ -> onlyWhatIsAskedFor).join();
        session.burst(messages).join();
        await(() -> messagesInLog() == messages);
        session.stopLoad().join();
        await(() -> load() == LoadState.ENDED);
        await(() -> snapshot().log().unflushedBytes() == 0);
        assertThat(snapshot().log().wrote().offset()).isBetween(ENOUGH_BYTES, 3 * SEGMENT_BYTES - SEGMENT_BYTES / 8);
        String wrote = Formats.count(snapshot().log().wrote().offset());
        FxThread.settle();
        await(() -> range().contains(wrote));
        await(this::isEachTileDrawn);
    }

    private long messagesInLog() {
        return snapshot().files().stream().mapToLong(StoreSnapshot.FileSnapshot::messages).sum();
    }

    /// Whether the row has the tiles that it is going to keep: the full file, the one that is written to, the next.
    private boolean isEachTileDrawn() {
        return tileNames(new FxRobot())
                .equals(Set.of(Formats.fileName(SEGMENT_BYTES), Formats.fileName(2 * SEGMENT_BYTES),
                        Formats.fileName(3 * SEGMENT_BYTES)));
    }

    // --- commit log ---

    @Test
    void shouldSayWhatIsUnderTheMouse(FxRobot robot) {
        // given
        fillLogByFewForces();
        // when
        robot.moveTo(inGrid(robot, 0, 0.3));
        // then
        await(() -> text(robot, ".place-line").contains("flushed: on disk, survives a power cut"));
        await(() -> text(robot, ".place-message")
                .matches("topic-0 / \\d / #.* · .* at .* old · safe since .* ago by a force of .*"));
        // when the mouse goes on to a file that nothing was written to
        robot.moveTo(inGrid(robot, 2, 0.5));
        // then
        await(() -> text(robot, ".place-line").endsWith("preallocated: nothing written yet"));
        assertThat(text(robot, ".place-message")).isEmpty();
    }

    @Test
    void shouldSelectAMessageByAClick(FxRobot robot) {
        // given
        fillLog();
        // when
        robot.clickOn(inGrid(robot, 1, 0.1));
        // then
        await(() -> selection.message().isPresent());
        RecordPlace place = selection.message().orElseThrow();
        assertThat(session.message(place.commitLogOffset()).join()).isPresent();
        // when
        robot.push(KeyCode.ESCAPE);
        // then
        await(() -> selection.message().isEmpty());
    }

    @Test
    void shouldZoomByWheelToSingleMessagesAndBack(FxRobot robot) {
        // given
        fillLog();
        Point2D place = inGrid(robot, 0, 0.5);
        // when
        for (int i = 0; i < 4; i++) {
            robot.moveTo(place).scroll(1, VerticalDirection.UP);
        }
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(1);
        assertThat(follows(robot)).isFalse();
        // when
        for (int i = 0; i < 6; i++) {
            robot.moveTo(place).scroll(1, VerticalDirection.DOWN);
        }
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(3);
    }

    @Test
    void shouldZoomByWheelBesideTheCellsToo(FxRobot robot) {
        // given
        fillLog();
        Bounds first = robot.lookup(".file-tile").queryAll().iterator().next().localToScreen(tileBounds(robot));
        // when between two tiles
        robot.moveTo(new Point2D(first.getMaxX() + 6, first.getCenterY())).scroll(1, VerticalDirection.UP);
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(1);
        // when on the name of a file
        robot.moveTo(new Point2D(first.getMinX() + 20, first.getMinY() + 12)).scroll(1, VerticalDirection.DOWN);
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(3);
    }

    private static Bounds tileBounds(FxRobot robot) {
        return robot.lookup(".file-tile").queryAll().iterator().next().getBoundsInLocal();
    }

    @Test
    void shouldLookAroundByKeysAlone(FxRobot robot) {
        // given
        fillLog();
        robot.interact(() -> robot.lookup(".tile-row").query().requestFocus());
        // when
        robot.push(KeyCode.HOME);
        // then
        await(() -> accessible(robot).contains("00000000000000000000 + 0 … 4\u00a0095"));
        await(() -> accessible(robot).contains("#0"));
        // when
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT);
        // then
        await(() -> accessible(robot).contains(" + 8\u00a0192 … 12\u00a0287"));
        // when
        robot.push(KeyCode.PLUS).push(KeyCode.PLUS);
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(1);
        // when
        robot.push(KeyCode.ENTER);
        // then
        await(() -> selection.message().isPresent());
        // when
        robot.push(KeyCode.DIGIT0).push(KeyCode.END);
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(3);
        await(() -> follows(robot));
    }

    @Test
    void shouldZoomByButtons(FxRobot robot) {
        // given
        fillLog();
        assertThat(zoomButton(robot, "Zoom out").isDisabled()).isTrue();
        // when
        robot.clickOn(zoomButton(robot, "Zoom in"));
        // then
        await(() -> !zoomButton(robot, "Zoom out").isDisabled());
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(1);
        assertThat(follows(robot)).as("it looks at the tail").isTrue();
        // when
        robot.clickOn(zoomButton(robot, "Zoom out"));
        // then
        assertThat(robot.lookup(".file-tile").queryAll()).hasSize(3);
    }

    @Test
    void shouldGoToAnOlderFileByTheStripAndBackByFollow(FxRobot robot) {
        // given
        fillLog();
        Bounds strip = onScreen(robot.lookup(".log-strip").query());
        // when
        robot.clickOn(strip.getMinX() + 5, strip.getCenterY());
        // then
        await(() -> tileNames(robot).contains(Formats.fileName(0)));
        assertThat(follows(robot)).isFalse();
        // when
        robot.clickOn(".follow-button");
        // then
        await(() -> follows(robot));
        await(() -> !tileNames(robot).contains(Formats.fileName(0)));
    }

    @Test
    void shouldShowAMessageThatWasAskedForElsewhere(FxRobot robot) {
        // given
        fillLog();
        // when
        robot.interact(() -> selection.jumpTo(10));
        // then
        await(() -> tileNames(robot).contains(Formats.fileName(0)));
        await(() -> text(robot, ".place-line").contains("00000000000000000000 + 0 … 4\u00a0095"));
    }

    @Test
    void shouldTakeTheColoursOfAnotherThemeAtOnce(FxRobot robot) {
        // given
        fillLog();
        Node grid = robot.lookup(".page-area").query();
        Set<Color> dark = colours(robot, grid);
        // when
        robot.interact(() -> look.themeProperty().set(Theme.LIGHT));
        // then
        assertThat(dark).hasSizeGreaterThan(1);
        await(() -> Collections.disjoint(colours(robot, grid), dark));
    }

    // --- flush ---

    @Test
    void shouldShowTheStagesOfEachMode(FxRobot robot) {
        // given async flush
        await(() -> stages(robot).equals(Set.of("Producers", "page cache", "Disk")));
        // when
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        // then
        await(() -> stages(robot).equals(Set.of("Producers", "requestsWrite", "requestsRead", "Disk")));
        // when
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH,
                StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)).join();
        // then
        await(() -> stages(robot).equals(Set.of("Producers", "write buffer", "page cache", "Disk")));
    }

    @Test
    void shouldTellForcesWhileLoadRunsAndIdleAfterIt(FxRobot robot) {
        // given
        assertThat(text(robot, ".flush .waiting")).isEqualTo("idle: no load runs");
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        session.changeLoad(_ -> LoadSpec.builder().producers(4).pacing(new Pacing.Constant(500)).build()).join();
        // when
        session.startLoad().join();
        // then
        await(() -> live(robot, ".flush .pace").matches("forces .*/s · mean batch .*"));
        await(() -> text(robot, ".flush .summary").startsWith("1 pays"));
        // when
        session.stopLoad().join();
        // then
        await(() -> text(robot, ".flush .waiting").equals("idle: no load runs"));
        await(() -> live(robot, ".flush .pace").isEmpty());
    }

    // --- what can be seen ---

    /// A point in the pages of a tile that is shown.
    ///
    /// @param down from 0 at the top to 1 at the bottom
    private static Point2D inGrid(FxRobot robot, int tile, double down) {
        var areas = robot.lookup(".page-area")
                .queryAll()
                .stream()
                .map(LogPanelsInUseTest::onScreen)
                .sorted(
                        Comparator.comparingDouble(Bounds::getMinX))
                .toList();
        Bounds area = areas.get(tile);
        return new Point2D(area.getMinX() + 20, area.getMinY() + 2 + (area.getHeight() - 40) * down);
    }

    private static Bounds onScreen(Node node) {
        return node.localToScreen(node.getLayoutBounds());
    }

    private static Set<Color> colours(FxRobot robot, Node node) {
        Bounds bounds = onScreen(node);
        Image image = robot
                .capture(new Rectangle2D(bounds.getMinX(), bounds.getMinY(), 60, 60))
                .getImage();
        Set<Color> colours = new HashSet<>();
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 60; x++) {
                colours.add(image.getPixelReader().getColor(x, y));
            }
        }
        return colours;
    }

    private static Set<String> tileNames(FxRobot robot) {
        return robot.lookup(".file-name")
                .queryAllAs(LiveText.class)
                .stream()
                .map(LiveText::getText)
                .collect(
                        Collectors.toSet());
    }

    private static Set<String> stages(FxRobot robot) {
        return robot.lookup(".stage-name")
                .queryAllAs(Label.class)
                .stream()
                .filter(name -> name.getParent().getParent().isVisible())
                .map(Label::getText)
                .collect(Collectors.toSet());
    }

    private static boolean follows(FxRobot robot) {
        return robot.lookup(".follow-button").queryAs(ToggleButton.class).isSelected();
    }

    private static Node zoomButton(FxRobot robot, String name) {
        return robot.lookup(".zoom-button").match(node -> name.equals(node.getAccessibleText())).query();
    }

    private static String accessible(FxRobot robot) {
        return robot.lookup(".tile-row").query().getAccessibleText();
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    private static String live(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(LiveText.class).getText();
    }

    private String range() {
        return new FxRobot().lookup(".log-range").queryAs(LiveText.class).getText();
    }

    private StoreSnapshot snapshot() {
        return session.read().snapshot().orElseThrow();
    }

    private LoadState load() {
        return session.read().load().map(LoadSnapshot::state).orElse(LoadState.READY);
    }

    private static void await(BooleanSupplier condition) {
        FxThread.await(condition);
    }

    /// These panels ask nothing of the window around them.
    private static final class NoHost implements PanelHost {
        @Override
        public void showSettings() {
            throw new AssertionError("nobody asked for the settings");
        }

        @Override
        public void showSetting(StoreSetting setting) {
            throw new AssertionError("nobody asked for " + setting);
        }

        @Override
        public void showNewStore() {
            throw new AssertionError("nobody asked for a new store");
        }

        @Override
        public void showLoadLimits() {
            throw new AssertionError("nobody asked for the limits");
        }

        @Override
        public void confirm(String keyPrefix, Runnable action, Object... values) {
            throw new AssertionError("nothing is destroyed here");
        }
    }
}
