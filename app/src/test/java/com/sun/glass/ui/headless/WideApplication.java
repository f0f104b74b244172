package com.sun.glass.ui.headless;

import com.sun.glass.ui.GlassRobot;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.Window;
import java.nio.ByteBuffer;

/// The Headless platform, without what keeps a test of a whole window from using it:
///
/// - a screen of any size, where Headless throws when a window is larger than 1000 × 1000 pixels (JDK-8364201);
/// - popups with transparent corners, drawn over what is below them;
/// - clicks with Ctrl, Shift, or Alt held, and wheel turns over any window ([WideRobot]).
///
/// The screen is 1600 × 1000 pixels, or what the system properties `wide.width` and `wide.height` say.
///
/// Threads: JavaFX calls it on its own thread only.
public final class WideApplication extends HeadlessApplication {

    private static final int WIDTH_PIXELS = Integer.getInteger("wide.width", 1600);
    private static final int HEIGHT_PIXELS = Integer.getInteger("wide.height", 1000);
    private static final int COLOR_DEPTH_BITS = 32;
    private static final int DOTS_PER_INCH = 100;

    private final HeadlessWindowManager windowManager = new HeadlessWindowManager();

    /// Headless windows want the one buffer they all draw into; ours have one each and leave this alone.
    private final ByteBuffer unusedFrameBuffer = ByteBuffer.allocate(4);

    private HeadlessRobot robot;
    private Screen[] screens;

    @Override
    protected Screen[] staticScreen_getScreens() {
        if (screens == null) {
            screens = new Screen[] {newScreen(WIDTH_PIXELS, HEIGHT_PIXELS)};
        }
        return screens;
    }

    private static Screen newScreen(int width, int height) {
        return new Screen(
                0, COLOR_DEPTH_BITS, //
                0, 0, width, height, // the screen in JavaFX's coordinates
                0, 0, width, height, // the same in pixels
                0, 0, width, height, // what windows may cover: there is no task bar
                DOTS_PER_INCH, DOTS_PER_INCH, //
                1f, 1f, 1f, 1f);
    }

    @Override
    protected boolean _supportsTransparentWindows() {
        return true;
    }

    @Override
    public GlassRobot createRobot() {
        robot = new WideRobot(this);
        return robot;
    }

    @Override
    public Window createWindow(Window owner, Screen screen, int styleMask) {
        var window = new WideWindow(windowManager, owner, screen, unusedFrameBuffer, styleMask);
        if (robot != null) {
            robot.windowAdded(window);
            window.setRobot(robot);
        }
        return window;
    }
}
