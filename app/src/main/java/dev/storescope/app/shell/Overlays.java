package dev.storescope.app.shell;

import java.util.Optional;
import java.util.function.BooleanSupplier;
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
    /// Asks what is shown whether it may go; what holds entries of the user asks him, and stays.
    private BooleanSupplier mayGo = () -> true;

    /// @param layer covers the window; hidden while there is nothing
    Overlays(StackPane layer) {
        this.layer = layer;
        layer.getStyleClass().add("overlay");
        layer.setVisible(false);
        layer.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() == layer) {
                requestClose();
            }
        });
        layer.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    /// As [#show(Region, Pos, Runnable)].
    boolean show(Region sheet, Pos place) {
        return show(sheet, place, () -> {
        });
    }

    /// Does nothing when what is shown now may not go.
    ///
    /// @param onClosed runs when it is gone, however it went
    /// @return false when what is shown now stays
    boolean show(Region sheet, Pos place, Runnable onClosed) {
        if (!requestClose()) {
            return false;
        }
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
        return true;
    }

    boolean isShowing() {
        return layer.isVisible();
    }

    /// From now on what is shown goes only when `supplier` agrees, unless it is closed by itself.
    void askBeforeClosing(BooleanSupplier supplier) {
        mayGo = supplier;
    }

    /// Closes what is shown, if it may go.
    ///
    /// @return whether nothing is shown any more
    boolean requestClose() {
        if (layer.isVisible() && mayGo.getAsBoolean()) {
            close();
        }
        return !layer.isVisible();
    }

    /// Closes what is shown, unasked.
    void close() {
        if (!layer.isVisible()) {
            return;
        }
        layer.setVisible(false);
        layer.getChildren().clear();
        mayGo = () -> true;
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
            requestClose();
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
