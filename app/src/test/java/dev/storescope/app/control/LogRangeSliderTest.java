package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Both thumbs by keyboard alone, and by mouse.
@ExtendWith(WindowExtension.class)
class LogRangeSliderTest {
    private final TextField before = new TextField();
    private final TextField after = new TextField();
    private final AtomicInteger shortcuts = new AtomicInteger();
    private LogRangeSlider slider;

    @Start
    void start(Stage stage) {
        slider = new LogRangeSlider();
        slider.setLeast(16);
        slider.setGreatest(4 << 20);
        slider.lowProperty().set(1_000);
        slider.highProperty().set(10_000);
        slider.lowTextProperty().set("Shortest");
        slider.highTextProperty().set("Longest");
        slider.setOnSlide((low, high) -> {
            slider.lowProperty().set(low);
            slider.highProperty().set(high);
        });
        stage.setScene(new Scene(new VBox(before, slider, after), 400, 200));
        stage.getScene().getAccelerators().put(KeyCombination.valueOf("L"), shortcuts::incrementAndGet);
        stage.show();
    }

    @Test
    void shouldReachBothThumbsByTabAndLeaveThem(FxRobot robot) {
        // given
        robot.interact(before::requestFocus);
        // then
        robot.push(KeyCode.TAB);
        assertThat(thumb(robot, "low").isFocusVisible()).as("first tab: lower thumb").isTrue();
        robot.push(KeyCode.TAB);
        assertThat(thumb(robot, "high").isFocusVisible()).as("second tab: upper thumb").isTrue();
        assertThat(thumb(robot, "low").isFocused()).isFalse();
        robot.push(KeyCode.TAB);
        assertThat(after.isFocused()).as("third tab: out of it").isTrue();
        // when back
        robot.push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(thumb(robot, "high").isFocused()).isTrue();
        robot.push(KeyCode.SHIFT, KeyCode.TAB).push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(before.isFocused()).isTrue();
    }

    @Test
    void shouldMoveTheLowerThumbByKeys(FxRobot robot) {
        robot.interact(() -> thumb(robot, "low").requestFocus());

        robot.push(KeyCode.RIGHT).push(KeyCode.UP).push(KeyCode.LEFT);
        assertRange(1_100, 10_000);
        robot.push(KeyCode.PAGE_UP);
        assertRange(2_200, 10_000);
        robot.push(KeyCode.HOME);
        assertRange(16, 10_000);
        robot.push(KeyCode.LEFT);
        assertRange(16, 10_000);
        robot.push(KeyCode.END).push(KeyCode.RIGHT);
        assertRange(10_000, 10_000);
    }

    @Test
    void shouldMoveTheUpperThumbByKeys(FxRobot robot) {
        robot.interact(() -> thumb(robot, "high").requestFocus());

        robot.push(KeyCode.RIGHT);
        assertRange(1_000, 11_000);
        robot.push(KeyCode.PAGE_DOWN);
        assertRange(1_000, 5_500);
        robot.push(KeyCode.END).push(KeyCode.RIGHT);
        assertRange(1_000, 4 << 20);
        robot.push(KeyCode.HOME).push(KeyCode.LEFT);
        assertRange(1_000, 1_000);
    }

    @Test
    void shouldMoveTheThumbThatWasPressedByMouseFurtherByKeys(FxRobot robot) {
        // when
        robot.clickOn(".high-thumb").push(KeyCode.RIGHT);
        // then
        assertRange(1_000, 11_000);
        // when
        robot.clickOn(".low-thumb").push(KeyCode.LEFT);
        // then
        assertRange(990, 11_000);
        assertThat(thumb(robot, "high").isFocused()).isFalse();
    }

    @Test
    void shouldSayWhatEachThumbIs(FxRobot robot) {
        assertThat(thumb(robot, "low").getAccessibleText()).isEqualTo("Shortest");
        assertThat(thumb(robot, "high").getAccessibleText()).isEqualTo("Longest");
    }

    @Test
    void shouldLetKeysPassThatAreNotItsOwn(FxRobot robot) {
        robot.clickOn(".high-thumb").push(KeyCode.L);

        assertThat(shortcuts).hasValue(1);
    }

    private static Node thumb(FxRobot robot, String which) {
        return robot.lookup("." + which + "-thumb").query();
    }

    private void assertRange(double low, double high) {
        assertThat(slider.lowProperty().get()).as("lower of %s to %s", low, high).isEqualTo(low);
        assertThat(slider.highProperty().get()).as("upper of %s to %s", low, high).isEqualTo(high);
    }
}
