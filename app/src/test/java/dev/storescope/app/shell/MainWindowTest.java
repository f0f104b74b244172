package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.PanelId;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the window: load, keys, look, language.
@ExtendWith(WindowExtension.class)
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
    void shouldShowEveryPanel(FxRobot robot) {
        fixture.openStore();

        for (PanelId id : Screen.LOG.panels()) {
            Node panel = robot.lookup("." + id.styleClass()).query();
            assertThat(panel.isVisible() && panel.getScene() != null).as(id.panelName()).isTrue();
        }
    }

    @Test
    void shouldSayThatAScreenIsOnTheWay(FxRobot robot) {
        // given a program that begins where the user was, whose panels are not there yet
        fixture.settings.update(own -> own.withScreen(Screen.INSPECT.name()));
        var next = new AtomicReference<MainWindow>();
        // when
        robot.interact(() -> next.set(MainWindow.shellFirst(fixture.window.parts(), 1_280, 800)));
        // then
        Node page = next.get().scene().lookup("#no-store");
        assertThat(page.isVisible()).isTrue();
        // when they are
        robot.interact(() -> next.get().addPanels());
        // then
        fixture.await(() -> !page.isVisible());
        assertThat(next.get().scene().lookup("#inspect-screen").isVisible()).isTrue();
    }

    @Test
    void shouldTellOnceThatTheFiguresOfARunningStoreAreSeen(FxRobot robot) {
        // given
        var told = new AtomicInteger();
        robot.interact(() -> {
            MainWindow next = MainWindow.shellFirst(fixture.window.parts(), 1_280, 800);
            next.whenLive(told::incrementAndGet);
            next.addPanels();
            ((Stage) fixture.window.scene().getWindow()).setScene(next.scene());
        });
        FxThread.settle();
        assertThat(told).as("while no store is open").hasValue(0);
        // when
        fixture.openStore();
        // then
        fixture.await(() -> told.get() > 0);
        FxThread.settle();
        assertThat(told).hasValue(1);
    }

    @Test
    void shouldStartLoadWithAKeyAndSeeCountsMove(FxRobot robot) {
        fixture.openStore();

        robot.push(KeyCode.L);

        fixture.await(() -> fixture.acknowledged() > 100);
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
        fixture.await(() -> fixture.acknowledged() > 100);
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
        fixture.await(() -> !robot.lookup("#load-start").query().isDisabled());
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

        fixture.await(() -> fixture.acknowledged() >= 10_000);
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
        fixture.await(() -> fixture.acknowledged() > 100);
        long wrote = fixture.snapshot().log().wrote().offset();
        // when
        robot.push(KeyCode.CONTROL, KeyCode.F);
        // then
        fixture.await(() -> fixture.session.read()
                .snapshot()
                .map(store -> store.config().flushDiskType())
                .filter(FlushDiskType.SYNC_FLUSH::equals)
                .isPresent());
        assertThat(fixture.snapshot().log().wrote().offset()).isGreaterThanOrEqualTo(wrote);
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
    void shouldShowAllShortcutsOnAQuestionMark(FxRobot robot) {
        fixture.openStore();

        robot.write("?");

        assertThat(robot.lookup("#shortcuts-sheet").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#shortcuts-sheet").tryQuery()).isEmpty();
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

    private LoadState loadState() {
        return fixture.session.read().load().map(LoadSnapshot::state).orElse(LoadState.READY);
    }

    private static java.util.Set<String> texts(FxRobot robot) {
        var texts = new java.util.HashSet<String>();
        robot.lookup(node -> node instanceof javafx.scene.control.Labeled)
                .queryAll()
                .forEach(node -> texts.add(((javafx.scene.control.Labeled) node).getText()));
        return texts;
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
