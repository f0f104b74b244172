package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.PanelId;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.testing.WindowExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
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

/// How stores are made, opened, refused and left, and what is said of it.
@ExtendWith(WindowExtension.class)
class ChosenStoreTest {
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
        assertThat(robot.lookup("#log-screen").tryQuery()).as("the screen that would show it").isEmpty();
    }

    @Test
    void shouldOpenTheOwnStoreWithOneClick(FxRobot robot) {
        robot.clickOn("#no-store-own");

        fixture.await(() -> robot.lookup("#log-screen").tryQuery().isPresent());
        assertThat(fixture.folder.resolve("store/commitlog").getParent()).isDirectory();
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
        assertThat(fixture.snapshot().config().storePathRootDir()).isEqualTo(directory);
        assertThat(fixture.snapshot().config().mappedFileSizeCommitLog()).isEqualTo(64 << 10);
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
                && fixture.snapshot().config().storePathRootDir().equals(broker));
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
            assertThat(shownLabels(robot)).doesNotContain(own.toString());
            assertThat(robot.lookup("#no-store-own").query().isVisible()).as("what has just failed").isFalse();
            assertThat(robot.lookup("#notice-error").tryQuery()).isEmpty();
        }
        // when the other one is closed
        robot.clickOn("#no-store-again");
        // then
        fixture.await(() -> robot.lookup("#log-screen").tryQuery().isPresent());
        fixture.await(() -> shownLabels(robot).anyMatch(own.toString()::equals));
    }

    @Test
    void shouldKeepTheFactsInSightWhateverHappens(FxRobot robot) {
        // given
        fixture.openStore();
        robot.push(KeyCode.B);
        fixture.await(() -> fixture.acknowledged() >= 10_000);
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
    void shouldCloseTheStore(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.CONTROL, KeyCode.W);

        fixture.await(() -> robot.lookup("#no-store").query().isVisible());
        assertThat(fixture.session.read().snapshot()).isEmpty();
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

    @SuppressWarnings("unchecked") // the class of a generic type is that of its raw one
    private static Class<ComboBox<Long>> comboBoxOfLongs() {
        return (Class<ComboBox<Long>>) (Class<?>) ComboBox.class;
    }
}
