package com.sun.glass.ui.headless;

import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.Window;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.paint.Color;

/// A Headless window that keeps its own picture, of any size; a capture of the screen lays them over each other.
///
/// Pixels are 32-bit ARGB with premultiplied alpha, row by row.
final class WideWindow extends HeadlessWindow {

    private static final int OPAQUE_BLACK = 0xff000000;

    private int[] pixels = {};
    private int widthPixels;
    private int heightPixels;

    WideWindow(
            HeadlessWindowManager windowManager,
            Window owner,
            Screen screen,
            ByteBuffer unusedFrameBuffer,
            int styleMask) {
        super(windowManager, owner, screen, unusedFrameBuffer, styleMask);
    }

    @Override
    void blit(Pixels drawn) {
        widthPixels = drawn.getWidth();
        heightPixels = drawn.getHeight();
        if (pixels.length != widthPixels * heightPixels) {
            pixels = new int[widthPixels * heightPixels];
        }
        ((IntBuffer) drawn.getBuffer()).get(0, pixels);
    }

    /// Headless clears the shared buffer where a window was; there is none here.
    @Override
    void clearRect(int x, int width, int y, int height) {}

    @Override
    public Color getColor(int x, int y) {
        int[] pixel = new int[1];
        getScreenCapture(x, y, 1, 1, pixel, false);
        return Color.rgb(pixel[0] >> 16 & 0xff, pixel[0] >> 8 & 0xff, pixel[0] & 0xff);
    }

    @Override
    public void getScreenCapture(int x, int y, int width, int height, int[] target, boolean scaleToFit) {
        Arrays.fill(target, OPAQUE_BLACK);
        for (Window window : Window.getWindows()) {
            if (window instanceof WideWindow wide && window.isVisible() && !window.isMinimized()) {
                wide.drawOnto(target, x, y, width, height);
            }
        }
    }

    /// Lays this window's picture over the part of the screen that begins at x, y.
    private void drawOnto(int[] target, int x, int y, int width, int height) {
        int top = Math.max(y, getY());
        int bottom = Math.min(y + height, getY() + heightPixels);
        int left = Math.max(x, getX());
        int right = Math.min(x + width, getX() + widthPixels);
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                int source = pixels[(row - getY()) * widthPixels + column - getX()];
                int at = (row - y) * width + column - x;
                target[at] = over(source, target[at]);
            }
        }
    }

    private static int over(int source, int below) {
        int seenThrough = 0xff - (source >>> 24);
        if (seenThrough == 0) {
            return source;
        }
        return OPAQUE_BLACK
                | channelOver(source >> 16, below >> 16, seenThrough) << 16
                | channelOver(source >> 8, below >> 8, seenThrough) << 8
                | channelOver(source, below, seenThrough);
    }

    private static int channelOver(int source, int below, int seenThrough) {
        return Math.min(0xff, (source & 0xff) + (below & 0xff) * seenThrough / 0xff);
    }
}
