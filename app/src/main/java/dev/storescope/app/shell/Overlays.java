package dev.storescope.app.shell;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// What lies over the window for a while: palette, sheets, questions. One at a time. Escape or a click beside it closes
/// it, the keyboard stays in it, and goes back to where it was.
///
/// Threads: the JavaFX thread.
final class Overlays {
    private final StackPane layer;
    private Node focusedBefore;
    private Runnable whenClosed = () -> {
    };

    /// @param layer covers the window; hidden while there is nothing
    Overlays(StackPane layer) {
        this.layer = layer;
        layer.getStyleClass().add("overlay");
        layer.setVisible(false);
        layer.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() == layer) {
                close();
            }
        });
        layer.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    void show(Region sheet, Pos place) {
        show(sheet, place, () -> {
        });
    }

    /// @param onClosed runs when it is gone, however it went
    void show(Region sheet, Pos place, Runnable onClosed) {
        close();
        Scene scene = layer.getScene();
        focusedBefore = scene == null ? null : scene.getFocusOwner();
        whenClosed = onClosed;
        StackPane.setAlignment(sheet, place);
        sheet.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        layer.getChildren().setAll(sheet);
        layer.setVisible(true);
        // A control hears keys only when it has its skin: without this, those typed before the next frame were lost.
        layer.applyCss();
        firstFocusable(sheet).ifPresent(Node::requestFocus);
    }

    boolean isShowing() {
        return layer.isVisible();
    }

    void close() {
        if (!layer.isVisible()) {
            return;
        }
        layer.setVisible(false);
        layer.getChildren().clear();
        if (focusedBefore != null && focusedBefore.getScene() != null) {
            focusedBefore.requestFocus();
        }
        Runnable closed = whenClosed;
        whenClosed = () -> {
        };
        closed.run();
    }

    private void onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            close();
        }
    }

    /// Brings the keyboard back when it has left what is on top.
    void holdFocus(Node focused) {
        if (!layer.isVisible() || layer.getChildren().isEmpty() || focused == null) {
            return;
        }
        for (Node each = focused; each != null; each = each.getParent()) {
            if (each == layer) {
                return;
            }
        }
        firstFocusable(layer).ifPresent(Node::requestFocus);
    }

    static Optional<Node> firstFocusable(Node node) {
        if (node instanceof Control && node.isFocusTraversable() && node.isVisible() && !node.isDisabled()) {
            return Optional.of(node);
        }
        if (node instanceof Parent parent) {
            return parent.getChildrenUnmodifiable()
                    .stream()
                    .map(Overlays::firstFocusable)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }
}
