package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the command palette.
@ExtendWith(WindowExtension.class)
class CommandPaletteTest {
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
        fixture.await(() -> fixture.acknowledged() > 10);
        String id = fixture.session.message(0).join().orElseThrow().messageId();

        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.interact(() -> robot.lookup("#palette-input").queryAs(TextField.class).setText(id));
        robot.push(KeyCode.ENTER);

        fixture.await(() -> fixture.window.selection().message().isPresent());
        assertThat(fixture.window.selection().message().orElseThrow().commitLogOffset()).isZero();
    }
}
