package javafx.scene.input;

import com.sun.javafx.tk.TKClipboard;
import java.io.File;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.util.Pair;

/// Files or words in the hand of somebody who drags them in from another program.
///
/// Threads: the JavaFX thread.
public final class DraggedFiles {
    private final TKClipboard content;

    private DraggedFiles(TKClipboard content) {
        this.content = content;
    }

    public static DraggedFiles of(Path... paths) {
        return new DraggedFiles(new Content(DataFormat.FILES, List.of(paths).stream().map(Path::toFile).toList()));
    }

    public static DraggedFiles ofText(String text) {
        return new DraggedFiles(new Content(DataFormat.PLAIN_TEXT, text));
    }

    /// Moves into the middle of a window.
    ///
    /// @return whether letting go there would do something
    public boolean moveOver(Scene scene) {
        fire(scene, DragEvent.DRAG_ENTERED);
        return fire(scene, DragEvent.DRAG_OVER).isAccepted();
    }

    public void moveAway(Scene scene) {
        fire(scene, DragEvent.DRAG_EXITED);
    }

    /// Lets go. As of a real hand, a window that does not want it hears nothing of it.
    ///
    /// @return whether the window took it
    public boolean drop(Scene scene) {
        boolean taken = moveOver(scene) && dropUnasked(scene);
        moveAwayIfNot(taken, scene);
        return taken;
    }

    /// Lets go of it where the system has not told what it is.
    ///
    /// @return whether the window took it
    public boolean dropUnasked(Scene scene) {
        return fire(scene, DragEvent.DRAG_DROPPED).isDropCompleted();
    }

    private void moveAwayIfNot(boolean taken, Scene scene) {
        if (!taken) {
            moveAway(scene);
        }
    }

    private DragEvent fire(Scene scene, EventType<DragEvent> type) {
        double x = scene.getWidth() / 2;
        double y = scene.getHeight() / 2;
        var event = new DragEvent(scene, scene, type, new Dragboard(content), x, y, x, y, TransferMode.COPY, null,
                scene,
                new PickResult(scene, x, y));
        // What handlers accept is noted in one place for all copies of an event.
        Event.fireEvent(scene, event);
        return event;
    }

    private record Content(DataFormat format, Object value) implements TKClipboard {
        @Override
        public Set<DataFormat> getContentTypes() {
            return Set.of(format);
        }

        @Override
        @SafeVarargs
        public final boolean putContent(Pair<DataFormat, Object>... content) {
            return false;
        }

        @Override
        public Object getContent(DataFormat wanted) {
            boolean isFiles = wanted == format && value instanceof List<?>;
            return isFiles
                    ? ((List<?>) value).stream().map(File.class::cast).toList()
                    : wanted == format ? value : null;
        }

        @Override
        public boolean hasContent(DataFormat wanted) {
            return wanted == format;
        }

        @Override
        public Set<TransferMode> getTransferModes() {
            return EnumSet.allOf(TransferMode.class);
        }

        @Override
        public void setDragView(Image image) {
            // nobody sees it
        }

        @Override
        public void setDragViewOffsetX(double offset) {
            // nobody sees it
        }

        @Override
        public void setDragViewOffsetY(double offset) {
            // nobody sees it
        }

        @Override
        public Image getDragView() {
            return null;
        }

        @Override
        public double getDragViewOffsetX() {
            return 0;
        }

        @Override
        public double getDragViewOffsetY() {
            return 0;
        }
    }
}
