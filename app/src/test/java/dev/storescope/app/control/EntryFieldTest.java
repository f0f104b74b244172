package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@ExtendWith(WindowExtension.class)
class EntryFieldTest {
    private final List<String> entered = new ArrayList<>();
    private final List<String> whenPressed = new ArrayList<>();
    private EntryField field;
    private Button button;

    @Start
    void start(Stage stage) {
        field = new EntryField();
        field.setOnEntry(text -> {
            if (!text.matches("\\d+")) {
                return Optional.of("Expected a number, found something else altogether, which takes some lines to say");
            }
            entered.add(text);
            field.valueTextProperty().set(text);
            return Optional.empty();
        });
        button = new Button("Start");
        button.setOnAction(_ -> whenPressed.add(field.isRefused() ? "wrong" : field.getText()));
        var row = new FieldRow();
        row.setText("Producers");
        row.getControls().add(field);
        stage.setScene(new Scene(new VBox(row, button), 200, 300));
        stage.show();
    }

    @Test
    void shouldLetTheClickThatLeavesAWrongFieldReachItsButton(FxRobot robot) {
        // given
        robot.clickOn(field).write("many");
        // when
        double before = button.getLayoutY();
        click(robot);
        // then
        assertThat(whenPressed).containsExactly("wrong");
        assertThat(field.isRefused()).isTrue();
        assertThat(button.getLayoutY()).as("what is wrong makes room for itself").isGreaterThan(before);
    }

    @Test
    void shouldLetTheClickThatLeavesACorrectedFieldReachItsButton(FxRobot robot) {
        // given
        robot.clickOn(field).write("many").push(KeyCode.ENTER);
        assertThat(field.isRefused()).isTrue();
        robot.write("16");
        // when
        click(robot);
        // then
        assertThat(whenPressed).containsExactly("16");
        assertThat(entered).containsExactly("16");
        assertThat(field.isRefused()).isFalse();
    }

    @Test
    void shouldHandOverAtOnceWhenItIsLeftByKey(FxRobot robot) {
        // given
        robot.clickOn(field).write("8");
        // when
        robot.push(KeyCode.TAB);
        // then
        assertThat(entered).containsExactly("8");
    }

    /// With what the window does between press and release.
    private void click(FxRobot robot) {
        robot.moveTo(button).press(MouseButton.PRIMARY);
        FxThread.settle();
        robot.interact(() -> button.getScene().getRoot().layout());
        robot.release(MouseButton.PRIMARY);
        FxThread.settle();
        robot.interact(() -> button.getScene().getRoot().layout());
    }
}
