package com.sun.glass.ui.headless;

import com.sun.glass.events.KeyEvent;
import com.sun.glass.ui.Window;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

/// The Headless robot, which also clicks with modifier keys held, and turns the wheel over the window under the mouse.
final class WideRobot extends HeadlessRobot {

    private static final double PIXELS_PER_NOTCH = 40;

    /// The bits of [KeyEvent] for the modifier keys that are down.
    private int modifiers;

    WideRobot(HeadlessApplication application) {
        super(application);
    }

    @Override
    public void keyPress(KeyCode code) {
        modifiers |= modifierOf(code);
        super.keyPress(code);
    }

    @Override
    public void keyRelease(KeyCode code) {
        modifiers &= ~modifierOf(code);
        super.keyRelease(code);
    }

    @Override
    int getModifiers(MouseButton... buttons) {
        return super.getModifiers(buttons) | modifiers;
    }

    /// @param notches how far, downwards if positive
    @Override
    public void mouseWheel(int notches) {
        int x = (int) getMouseX();
        int y = (int) getMouseY();
        Window target = topWindowAt(x, y);
        if (target == null) {
            return;
        }
        var view = (HeadlessView) target.getView();
        int direction = notches > 0 ? -1 : 1;
        for (int turned = 0; turned < Math.abs(notches); turned++) {
            view.notifyScroll(
                    x - target.getX(), y - target.getY(), x, y, //
                    0, direction, modifiers, //
                    0, 0, 0, 0, // lines and characters: the wheel counts pixels
                    PIXELS_PER_NOTCH, PIXELS_PER_NOTCH);
        }
    }

    /// The windows are in the order in which they were opened: the last one that fits lies on top.
    private static Window topWindowAt(int x, int y) {
        Window top = null;
        for (Window window : Window.getWindows()) {
            boolean inside = x >= window.getX()
                    && x < window.getX() + window.getWidth()
                    && y >= window.getY()
                    && y < window.getY() + window.getHeight();
            if (inside && window.isVisible() && window.getView() != null) {
                top = window;
            }
        }
        return top;
    }

    private static int modifierOf(KeyCode code) {
        return switch (code) {
            case CONTROL -> KeyEvent.MODIFIER_CONTROL;
            case SHIFT -> KeyEvent.MODIFIER_SHIFT;
            case ALT -> KeyEvent.MODIFIER_ALT;
            case META, COMMAND -> KeyEvent.MODIFIER_COMMAND;
            default -> 0;
        };
    }
}
