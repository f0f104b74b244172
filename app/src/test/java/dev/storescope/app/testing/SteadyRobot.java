package dev.storescope.app.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.robot.BaseRobot;
import org.testfx.robot.KeyboardRobot;
import org.testfx.robot.Motion;
import org.testfx.robot.MouseRobot;
import org.testfx.service.query.PointQuery;

/// TestFX's robot, which after each thing that it does waits for the frame that shows it ([FxThread#settle()]).
///
/// TestFX itself waits for fixed times: too long on a quiet machine, and too short on a busy one. What is not said anew here
/// it still does so.
final class SteadyRobot extends FxRobot {
    /// Where the pointer is seen on its way.
    private static final int STEPS_OF_A_MOVE = 8;
    /// What is dragged follows the pointer, which does not leave it.
    private static final double PIXELS_OF_A_DRAGGED_STEP = 2;

    private final BaseRobot base = robotContext().getBaseRobot();
    private final KeyboardRobot keyboard = robotContext().getKeyboardRobot();
    private final MouseRobot mouse = robotContext().getMouseRobot();

    @Override
    public FxRobot interact(Runnable action) {
        FxThread.run(action);
        return settled();
    }

    @Override
    public <T> FxRobot interact(Callable<T> action) {
        FxThread.call(action);
        return settled();
    }

    // --- keyboard ---

    @Override
    public FxRobot push(KeyCode... combination) {
        readBeforehand();
        return pushAtOnce(combination);
    }

    private FxRobot pushAtOnce(KeyCode... combination) {
        keyboard.pressNoWait(combination);
        List<KeyCode> lastFirst = new ArrayList<>(List.of(combination));
        Collections.reverse(lastFirst);
        keyboard.releaseNoWait(lastFirst.toArray(KeyCode[]::new));
        return settled();
    }

    @Override
    public FxRobot type(KeyCode... keys) {
        for (KeyCode key : keys) {
            pushAtOnce(key);
        }
        return this;
    }

    @Override
    public FxRobot type(KeyCode key, int times) {
        Collections.nCopies(times, key).forEach(this::pushAtOnce);
        return this;
    }

    @Override
    public FxRobot press(KeyCode... keys) {
        keyboard.pressNoWait(keys);
        return settled();
    }

    @Override
    public FxRobot release(KeyCode... keys) {
        keyboard.releaseNoWait(keys);
        return settled();
    }

    @Override
    public FxRobot write(char character) {
        return write(String.valueOf(character));
    }

    @Override
    public FxRobot write(String text) {
        for (char character : text.toCharArray()) {
            base.typeKeyboard(FxThread.call(SteadyRobot::focusedScene), KeyCode.UNDEFINED, String.valueOf(character));
        }
        return settled();
    }

    private static Scene focusedScene() {
        List<Window> windows = Window.getWindows();
        return windows.stream().filter(Window::isFocused).findFirst().orElse(windows.getFirst()).getScene();
    }

    // --- mouse ---

    @Override
    public FxRobot moveTo(PointQuery place, Motion motion) {
        Point2D target = FxThread.call(place::query);
        move(target);
        // What it was to point at may have moved on the way.
        Point2D now = FxThread.call(place::query);
        if (!now.equals(target)) {
            move(now);
        }
        return this;
    }

    @Override
    public FxRobot moveBy(double x, double y, Motion motion) {
        move(base.retrieveMouse().add(x, y));
        return this;
    }

    private void move(Point2D target) {
        Point2D from = base.retrieveMouse();
        int steps = mouse.getPressedButtons().isEmpty()
                ? STEPS_OF_A_MOVE
                : (int) (from.distance(target) / PIXELS_OF_A_DRAGGED_STEP);
        for (int step = 1; step < steps; step++) {
            mouse.moveNoWait(from.interpolate(target, step / (double) steps));
        }
        mouse.moveNoWait(target);
        FxThread.settle();
    }

    @Override
    public FxRobot press(MouseButton... buttons) {
        mouse.pressNoWait(buttons);
        return settled();
    }

    @Override
    public FxRobot release(MouseButton... buttons) {
        mouse.releaseNoWait(buttons);
        return settled();
    }

    @Override
    public FxRobot clickOn(MouseButton... buttons) {
        return press(buttons).release(buttons);
    }

    @Override
    public FxRobot clickOn(PointQuery place, Motion motion, MouseButton... buttons) {
        readBeforehand();
        moveTo(place, motion);
        // All at once: nothing moves away between a look at where it is and the click.
        FxThread.run(() -> {
            mouse.moveNoWait(place.query());
            mouse.pressNoWait(buttons);
            mouse.releaseNoWait(buttons);
        });
        return settled();
    }

    @Override
    public FxRobot drag(MouseButton... buttons) {
        return press(buttons);
    }

    @Override
    public FxRobot drag(PointQuery place, MouseButton... buttons) {
        return moveTo(place, Motion.DEFAULT).press(buttons);
    }

    @Override
    public FxRobot drop() {
        return release(new MouseButton[0]);
    }

    @Override
    public FxRobot dropTo(PointQuery place) {
        return moveTo(place, Motion.DEFAULT).drop();
    }

    @Override
    public FxRobot scroll(int notches, VerticalDirection direction) {
        mouse.scrollNoWait(direction == VerticalDirection.UP ? -notches : notches);
        return settled();
    }

    /// Nothing that a test left pressed reaches the next one.
    void letGo() {
        keyboard.releaseNoWait();
        mouse.releaseNoWait();
    }

    private static void readBeforehand() {
        if (!Platform.isFxApplicationThread()) {
            FxThread.settleTexts();
        }
    }

    /// A condition that is looked at on the JavaFX thread does what it asks for there and then.
    private FxRobot settled() {
        if (!Platform.isFxApplicationThread()) {
            FxThread.settle();
        }
        return this;
    }
}
