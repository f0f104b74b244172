package dev.storescope.app.shell;

import dev.storescope.app.control.LayoutIsland;
import dev.storescope.app.panel.Panel;
import dev.storescope.app.panel.PanelId;
import java.util.List;
import java.util.Map;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The screen "Queues": dispatch and the table of queues on the left, what one does with them on the right; one below the
/// other when the window is narrow for its text size. A column that does not fit scrolls.
///
/// Threads: the JavaFX thread.
final class QueuesScreen extends HBox {
    private static final List<PanelId> LEFT = List.of(PanelId.DISPATCH, PanelId.QUEUES, PanelId.RETENTION);
    private static final List<PanelId> RIGHT = List.of(PanelId.CONSUMER, PanelId.INDEX, PanelId.REBUILD);
    /// Panels that make use of height that is left over.
    private static final List<PanelId> GROWING = List.of(PanelId.QUEUES, PanelId.CONSUMER);

    private static final double LEFT_LEAST_EM = 57;
    private static final double RIGHT_EM = 29;
    /// Width of a column's scroll bar in shell.css, and the gap before it.
    private static final double BAR_PIXELS = 12;

    private final Map<PanelId, LayoutIsland> panels;
    private final VBox left = LogScreen.column();
    private final VBox right = LogScreen.column();
    private final ScrollPane leftScroll = LogScreen.scrolled(left);
    private final ScrollPane rightScroll = LogScreen.scrolled(right);
    private double emPixels;
    private int columns;

    QueuesScreen(Map<PanelId, Panel> loaded, double emPixels) {
        panels = LogScreen.islands(Screen.QUEUES, loaded);
        this.emPixels = emPixels;
        getStyleClass().add("queues-screen");
        setId("queues-screen");
        HBox.setHgrow(leftScroll, Priority.ALWAYS);
        GROWING.forEach(id -> VBox.setVgrow(panels.get(id), Priority.ALWAYS));
        // A table of any length: it takes what is left, and scrolls by itself.
        loaded.get(PanelId.QUEUES).view().setMinHeight(USE_COMPUTED_SIZE);
        widthProperty().addListener((_, _, _) -> arrange());
        right.heightProperty().addListener((_, _, _) -> arrange());
        rightScroll.viewportBoundsProperty().addListener((_, before, now) -> {
            if (before.getHeight() != now.getHeight()) {
                arrange();
            }
        });
        // As in most windows, so that the first layout has something to lay out.
        arrange(2);
    }

    /// The text has another size.
    void setEmPixels(double pixels) {
        emPixels = pixels;
        arrange();
    }

    private void arrange() {
        arrange(getWidth() >= (LEFT_LEAST_EM + RIGHT_EM) * emPixels + 3 * getSpacing() ? 2 : 1);
    }

    private void arrange(int wanted) {
        boolean scrolls = right.getHeight() > rightScroll.getViewportBounds().getHeight() + 1;
        double rightWidth = Math.rint(RIGHT_EM * emPixels) + (scrolls ? BAR_PIXELS : 0);
        rightScroll.setMinWidth(rightWidth);
        rightScroll.setPrefWidth(rightWidth);
        if (wanted == columns) {
            return;
        }
        columns = wanted;
        getChildren().clear();
        left.getChildren().clear();
        right.getChildren().clear();
        LEFT.forEach(id -> left.getChildren().add(panels.get(id)));
        VBox ofRight = wanted == 2 ? right : left;
        RIGHT.forEach(id -> ofRight.getChildren().add(panels.get(id)));
        getChildren().add(leftScroll);
        if (wanted == 2) {
            getChildren().add(rightScroll);
        }
    }
}
