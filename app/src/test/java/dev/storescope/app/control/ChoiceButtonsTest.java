package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Mouse, keys, and whoever says what is chosen agree, and always one button is drawn as chosen.
@ExtendWith(WindowExtension.class)
class ChoiceButtonsTest {
    private final List<String> told = new ArrayList<>();
    private ChoiceButtons choice;
    private Button before;
    private Button after;

    @Start
    void start(Stage stage) {
        before = new Button("before");
        after = new Button("after");
        choice = new ChoiceButtons();
        choice.setAccessibleText("Shape");
        choice.getButtons().setAll(Stream.of("CONSTANT", "RAMP", "BURSTS").map(ChoiceButtonsTest::button).toList());
        choice.setOnChoose(value -> {
            told.add(value);
            choice.setChosen(value);
        });
        choice.setChosen("CONSTANT");
        stage.setScene(new Scene(new HBox(before, choice, after), 600, 100));
        stage.show();
    }

    private static ToggleButton button(String value) {
        var button = new ToggleButton(value);
        button.setUserData(value);
        return button;
    }

    @Test
    void shouldDrawTheChosenOneFromTheStart() {
        assertThat(drawnAsChosen()).containsExactly("CONSTANT");
    }

    @Test
    void shouldChooseByMouse(FxRobot robot) {
        robot.clickOn("RAMP");

        assertThat(told).containsExactly("RAMP");
        assertThat(drawnAsChosen()).containsExactly("RAMP");
    }

    @Test
    void shouldStayChosenWhenItIsPressedAgain(FxRobot robot) {
        robot.clickOn("CONSTANT").push(KeyCode.SPACE);

        assertThat(told).isEmpty();
        assertThat(drawnAsChosen()).containsExactly("CONSTANT");
    }

    @Test
    void shouldChooseByArrowKeysAndTell(FxRobot robot) {
        // given
        focus(robot, 0);
        // when
        robot.push(KeyCode.RIGHT);
        // then
        assertThat(drawnAsChosen()).containsExactly("RAMP");
        assertThat(choice.getButtons().get(1).getPseudoClassStates()).extracting(Object::toString)
                .contains("focused", "key-focused");
        // when
        robot.push(KeyCode.DOWN).push(KeyCode.LEFT).push(KeyCode.HOME).push(KeyCode.END);
        // then
        assertThat(told).containsExactly("RAMP", "BURSTS", "RAMP", "CONSTANT", "BURSTS");
        assertThat(drawnAsChosen()).containsExactly("BURSTS");
        assertThat(choice.getButtons().get(2).isFocused()).isTrue();
        assertThat(choice.getButtons().get(1).getPseudoClassStates()).extracting(Object::toString)
                .doesNotContain("key-focused");
    }

    @ParameterizedTest
    @EnumSource(value = KeyCode.class, names = {"LEFT", "UP", "HOME"})
    void shouldStayAtTheFirstOne(KeyCode key, FxRobot robot) {
        focus(robot, 0);

        robot.push(key);

        assertThat(told).isEmpty();
        assertThat(drawnAsChosen()).containsExactly("CONSTANT");
    }

    @Test
    void shouldPassOverOneThatCannotBeChosen(FxRobot robot) {
        robot.interact(() -> choice.getButtons().get(1).setDisable(true));
        focus(robot, 0);

        robot.push(KeyCode.RIGHT);

        assertThat(told).containsExactly("BURSTS");
        assertThat(drawnAsChosen()).containsExactly("BURSTS");
    }

    @Test
    void shouldBeOneStopOfTheTabKeyAtTheChosenOne(FxRobot robot) {
        // given
        robot.interact(() -> choice.setChosen("RAMP"));
        robot.interact(() -> before.requestFocus());
        // when, then
        robot.push(KeyCode.TAB);
        assertThat(choice.getButtons().get(1).isFocused()).isTrue();
        robot.push(KeyCode.TAB);
        assertThat(after.isFocused()).isTrue();
        robot.push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(choice.getButtons().get(1).isFocused()).isTrue();
        robot.push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(before.isFocused()).isTrue();
    }

    @Test
    void shouldBeReachedByTabThoughNothingIsChosen(FxRobot robot) {
        // given
        robot.interact(() -> {
            choice.setChosen("");
            before.requestFocus();
        });
        // when
        robot.push(KeyCode.TAB);
        // then
        assertThat(choice.getButtons().getFirst().isFocused()).isTrue();
    }

    @Test
    void shouldTakeTheFocusWhereTheMouseChooses(FxRobot robot) {
        robot.clickOn("BURSTS");

        assertThat(choice.getButtons().get(2).isFocused()).isTrue();
        robot.push(KeyCode.TAB);
        assertThat(after.isFocused()).isTrue();
    }

    @Test
    void shouldSayWhatEachIsAChoiceOf() {
        assertThat(choice.getButtons()).extracting(ToggleButton::getAccessibleText)
                .containsExactly("Shape: CONSTANT", "Shape: RAMP", "Shape: BURSTS");
        assertThat(choice.getButtons()).extracting(ToggleButton::getAccessibleRole)
                .containsOnly(AccessibleRole.RADIO_BUTTON);
    }

    @Test
    void shouldGoOnShowingWhatHoldsWhenTheChoiceIsRefused(FxRobot robot) {
        // given
        choice.setOnChoose(told::add);
        focus(robot, 0);
        // when
        robot.push(KeyCode.RIGHT);
        robot.clickOn("BURSTS");
        // then
        assertThat(told).containsExactly("RAMP", "BURSTS");
        assertThat(drawnAsChosen()).containsExactly("CONSTANT");
    }

    @Test
    void shouldShowWhatIsChosenElsewhere(FxRobot robot) {
        robot.interact(() -> choice.setChosen("BURSTS"));

        assertThat(drawnAsChosen()).containsExactly("BURSTS");
        assertThat(told).isEmpty();
    }

    private void focus(FxRobot robot, int button) {
        robot.interact(() -> choice.getButtons().get(button).requestFocus());
    }

    private List<String> drawnAsChosen() {
        return choice.getButtons()
                .stream()
                .filter(ToggleButton::isSelected)
                .map(ToggleButton::getText)
                .toList();
    }
}
