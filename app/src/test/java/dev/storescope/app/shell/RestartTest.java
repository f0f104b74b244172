package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.panel.PanelId;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.StoreWorld;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What the window shows while a store is opened, and while it starts again on the same files.
@ExtendWith(WindowExtension.class)
class RestartTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private final GatedWorld world = new GatedWorld();
    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), world, 1600, 1000);
    }

    @AfterEach
    void close() {
        world.gate.release(Integer.MAX_VALUE / 2);
        fixture.close();
    }

    @Test
    void shouldKeepThePanelsWhileTheStoreStartsAgain(FxRobot robot) {
        // given
        openStore();
        robot.push(KeyCode.B);
        fixture.await(() -> wrote(robot).matches(".*[1-9].*"));
        robot.push(KeyCode.L);
        fixture.await(() -> !fixture.window.status().loadRunningProperty().get());
        String before = wrote(robot);
        // when
        robot.push(KeyCode.CONTROL, KeyCode.F);
        fixture.await(() -> state() instanceof SessionState.Restarting);
        // then
        assertThat(robot.lookup("#no-store").query().isVisible()).isFalse();
        for (PanelId id : Screen.LOG.panels()) {
            assertThat(isShown(robot.lookup("." + id.styleClass()).query())).as(id.panelName()).isTrue();
        }
        assertThat(wrote(robot)).as("the last snapshot stays").isEqualTo(before);
        assertThat(robot.lookup("#log-screen").query().getOpacity()).as("dimmed").isLessThan(1);
        assertThat(message(robot)).isEqualTo("Restarting for flushDiskType = SYNC_FLUSH");
        // when
        world.gate.release();
        // then
        fixture.await(() -> fixture.window.status().modeProperty().get().startsWith("SYNC_FLUSH"));
        fixture.await(() -> message(robot).matches("Restarted in .*: flushDiskType = SYNC_FLUSH"));
        assertThat(robot.lookup("#log-screen").query().getOpacity()).isEqualTo(1);
        robot.push(KeyCode.B);
        fixture.await(() -> !wrote(robot).equals(before));
    }

    @Test
    void shouldShowTheLastSnapshotInAnotherLanguageWhileTheStoreStartsAgain(FxRobot robot) {
        // given
        openStore();
        fixture.await(() -> !wrote(robot).isEmpty());
        robot.push(KeyCode.CONTROL, KeyCode.F);
        fixture.await(() -> state() instanceof SessionState.Restarting);
        // when
        robot.interact(() -> fixture.texts.use(Language.CHINESE));
        // then
        assertThat(wrote(robot)).isNotEmpty();
        assertThat(robot.lookup("#log-screen").query().getOpacity()).isLessThan(1);
        assertThat(message(robot)).isEqualTo("正在重启：flushDiskType = SYNC_FLUSH");
    }

    @Test
    void shouldReadWhatHappenedInFull(FxRobot robot) {
        // given
        openStore();
        world.gate.release();
        // when
        fixture.session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH,
                StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true, StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 250L)).join();
        // then
        fixture.await(() -> message(robot).contains("transientStorePoolEnable = true"));
        Label label = robot.lookup("#status-bar .status-label").queryAs(Label.class);
        fixture.await(() -> label.getWidth() >= label.prefWidth(-1) - 1);
    }

    @Test
    void shouldShowThePageOfOpeningForAnotherStore(FxRobot robot) {
        // given
        openStore();
        // when
        var opened = fixture.session.create(fixture.folder.resolve("second"), WindowFixture.SEGMENT_BYTES);
        fixture.await(() -> state() instanceof SessionState.Opening);
        // then
        assertThat(isShown(robot.lookup("#no-store").query())).isTrue();
        Label path = robot.lookup("#no-store .no-store-text").queryAs(Label.class);
        Node words = path.lookup(".text");
        double middle = path.localToScene(path.getLayoutBounds()).getCenterX();
        assertThat(words.localToScene(words.getLayoutBounds()).getCenterX()).as("the path is centred")
                .isBetween(middle - 2, middle + 2);
        world.gate.release();
        opened.join();
        fixture.await(() -> robot.lookup("#log-screen").tryQuery().isPresent());
    }

    private void openStore() {
        world.gate.release();
        fixture.openStore();
    }

    private SessionState state() {
        return fixture.window.status().stateProperty().get();
    }

    private static String message(FxRobot robot) {
        return robot.lookup("#status-bar .status-label").queryAs(Label.class).getText();
    }

    private static String wrote(FxRobot robot) {
        return robot.lookup(".log-range").queryAs(LiveText.class).getText();
    }

    private static boolean isShown(Node node) {
        boolean shown = node.getScene() != null;
        for (Node each = node; each != null; each = each.getParent()) {
            shown &= each.isVisible();
        }
        return shown;
    }

    /// The machine itself, but a store is made only when the gate lets it.
    private static final class GatedWorld implements StoreWorld {
        private final StoreWorld world = new LiveWorld();
        private final Semaphore gate = new Semaphore(0);

        @Override
        public StoreInWorld make(MessageStoreConfig config) {
            gate.acquireUninterruptibly();
            return world.make(config);
        }
    }
}
