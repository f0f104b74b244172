package dev.storescope.app.shell;

import dev.storescope.app.control.LayoutIsland;
import dev.storescope.app.panel.Panel;
import dev.storescope.app.panel.PanelId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The screen "Log": three columns of panels; two when the window is narrow for its text size. A column that does not
/// fit scrolls, so nothing is ever squeezed or cut.
///
/// Widths are in `em`, the size of the text, because the panels are full of it.
///
/// Threads: the JavaFX thread.
final class LogScreen extends HBox {
    private static final List<PanelId> LEFT = List.of(PanelId.LOAD, PanelId.STORE_MODE, PanelId.FAULTS);
    private static final List<PanelId> CENTRE = List.of(PanelId.COMMIT_LOG, PanelId.FLUSH, PanelId.TIMELINE,
            PanelId.RATES);
    private static final List<PanelId> RIGHT = List.of(PanelId.DURABILITY, PanelId.ALLOCATOR, PanelId.PUT_LATENCY);
    /// Panels that make use of height that is left over.
    private static final List<PanelId> GROWING = List.of(PanelId.COMMIT_LOG, PanelId.STORE_MODE, PanelId.PUT_LATENCY);

    private static final double LEFT_EM = 20.5;
    private static final double RIGHT_EM = 25.5;
    private static final double CENTRE_LEAST_EM = 40;
    /// Width of a column's scroll bar in shell.css, and the gap before it.
    private static final double BAR_PIXELS = 12;

    private final Map<PanelId, LayoutIsland> panels;
    private final VBox left = column();
    private final VBox centre = column();
    private final VBox right = column();
    private final ScrollPane leftScroll = scrolled(left);
    private final ScrollPane centreScroll = scrolled(centre);
    private final ScrollPane rightScroll = scrolled(right);
    private double emPixels;
    private int columns;

    LogScreen(Map<PanelId, Panel> loaded, double emPixels) {
        panels = islands(Screen.LOG, loaded);
        this.emPixels = emPixels;
        getStyleClass().add("log-screen");
        setId("log-screen");
        HBox.setHgrow(centreScroll, Priority.ALWAYS);
        // The tiles of the log can do with a little less, so that the timeline below is seen whole.
        loaded.get(PanelId.COMMIT_LOG).view().setMinHeight(USE_COMPUTED_SIZE);
        GROWING.forEach(id -> VBox.setVgrow(panels.get(id), Priority.ALWAYS));
        widthProperty().addListener((_, _, _) -> arrange());
        for (ScrollPane scroll : List.of(leftScroll, rightScroll)) {
            scroll.viewportBoundsProperty().addListener((_, before, now) -> {
                if (before.getHeight() != now.getHeight()) {
                    arrange();
                }
            });
        }
        left.heightProperty().addListener((_, _, _) -> arrange());
        right.heightProperty().addListener((_, _, _) -> arrange());
        // As in most windows, so that the first layout has something to lay out.
        arrange(true);
    }

    /// The text has another size.
    void setEmPixels(double pixels) {
        emPixels = pixels;
        arrange();
    }

    private void arrange() {
        double gaps = 4 * getSpacing();
        arrange(getWidth() >= (LEFT_EM + CENTRE_LEAST_EM + RIGHT_EM) * emPixels + gaps);
    }

    private void arrange(boolean wide) {
        fix(leftScroll, left, LEFT_EM);
        fix(rightScroll, right, RIGHT_EM);
        int wanted = wide ? 3 : 2;
        if (wanted == columns) {
            return;
        }
        columns = wanted;
        getChildren().clear();
        fill(left, LEFT);
        fill(centre, CENTRE);
        if (wide) {
            fill(right, RIGHT);
            getChildren().setAll(leftScroll, centreScroll, rightScroll);
        } else {
            right.getChildren().clear();
            RIGHT.forEach(id -> centre.getChildren().add(panels.get(id)));
            getChildren().setAll(leftScroll, centreScroll);
        }
    }

    private void fill(VBox column, List<PanelId> ids) {
        column.getChildren().setAll(ids.stream().map(panels::get).toList());
    }

    /// A column that scrolls is wider by its bar, so that the bar hides nothing.
    private void fix(ScrollPane scroll, VBox column, double widthEm) {
        boolean scrolls = column.getHeight() > scroll.getViewportBounds().getHeight() + 1;
        double width = Math.rint(widthEm * emPixels) + (scrolls ? BAR_PIXELS : 0);
        scroll.setMinWidth(width);
        scroll.setPrefWidth(width);
    }

    /// Scrolls its column to where a part of it can be seen, as far up as that goes.
    void reveal(Node part) {
        for (ScrollPane scroll : List.of(leftScroll, centreScroll, rightScroll)) {
            Node column = scroll.getContent();
            for (Node each = part; each != null; each = each.getParent()) {
                if (each == column) {
                    scroll.layout();
                    Bounds place = column.sceneToLocal(part.localToScene(part.getLayoutBounds()));
                    double over = column.getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
                    scroll.setVvalue(over <= 0 ? 0 : Math.clamp(place.getMinY() / over, 0, 1));
                }
            }
        }
    }

    /// What the columns of a screen hold. A panel is as high as it needs to be, or higher.
    static Map<PanelId, LayoutIsland> islands(Screen of, Map<PanelId, Panel> loaded) {
        Map<PanelId, LayoutIsland> islands = new EnumMap<>(PanelId.class);
        for (PanelId id : of.panels()) {
            loaded.get(id).view().setMinHeight(USE_PREF_SIZE);
            islands.put(id, new LayoutIsland(loaded.get(id).view()));
        }
        return islands;
    }

    static VBox column() {
        var column = new VBox();
        column.getStyleClass().add("column");
        // A text that is wider than its column must not push the border of every panel out of sight.
        column.setMinWidth(0);
        return column;
    }

    static ScrollPane scrolled(VBox column) {
        var scroll = new ScrollPane(column);
        scroll.getStyleClass().add("column-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        // The skin keeps a picture of all that it shows, for scrolling. Here something changes with each frame, and the
        // whole picture would be drawn anew each time, not only what changed.
        scroll.skinProperty().subscribe(() -> scroll.lookupAll(".viewport").forEach(view -> view.setCache(false)));
        return scroll;
    }
}
