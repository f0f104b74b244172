package dev.storescope.app.panel.timeline;

import dev.storescope.app.control.DrawnRegion;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.text.TextAlignment;

/// The names of the rows. Drawn only when they change, since text is what costs most. A click on that of a group folds or
/// unfolds it.
public final class LaneNames extends DrawnRegion {
    private static final double TEXT_SCALE = 0.85;
    private static final double TRIANGLE_EM = 0.28;
    private static final double INDENT_EM = 1.1;
    private static final double GAP = 8;

    private RowPlaces places;
    private Function<Row, String> names = _ -> "";
    private Consumer<Row> onGroup = _ -> {
    };
    private DoubleConsumer onScroll = _ -> {
    };

    public LaneNames() {
        getStyleClass().add("lane-names");
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (places != null) {
                places.rowAt(event.getY()).filter(Row::isGroup).ifPresent(onGroup);
            }
        });
        addEventHandler(ScrollEvent.SCROLL, event -> {
            if (places != null && places.overflows()) {
                onScroll.accept(-event.getDeltaY());
                event.consume();
            }
        });
    }

    void setUp(Function<Row, String> rowNames, Consumer<Row> groupClicked, DoubleConsumer scrolled) {
        names = rowNames;
        onGroup = groupClicked;
        onScroll = scrolled;
    }

    void show(RowPlaces now) {
        if (!now.equals(places)) {
            places = now;
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        if (places == null) {
            return;
        }
        graphics.setFont(textFont(TEXT_SCALE));
        graphics.setTextAlign(TextAlignment.LEFT);
        double em = textFont().getSize();
        graphics.save();
        graphics.beginPath();
        graphics.rect(0, 0, width, places.axisTop());
        graphics.clip();
        for (int i = 0; i < places.rows().size(); i++) {
            if (places.isSeen(i)) {
                Row row = places.rows().get(i);
                double middle = places.top(i) + places.rowHeight(i) / 2;
                if (row.isGroup()) {
                    triangle(graphics, row.kind() == Row.Kind.UNFOLDED, em, middle);
                }
                boolean indented = row.isGroup() || row.kind() == Row.Kind.MEMBER;
                double left = indented ? em * INDENT_EM : 0;
                graphics.setFill(row.kind() == Row.Kind.MEMBER ? faintFill() : mutedFill());
                graphics.fillText(fitted(names.apply(row), width - left - GAP, em), left,
                        Math.rint(middle + em * TEXT_SCALE * 0.36));
            }
        }
        graphics.restore();
    }

    private static String fitted(String name, double room, double em) {
        int most = (int) (room / (em * TEXT_SCALE * 0.56));
        return name.length() <= most || most < 2 ? name : name.substring(0, most - 1) + "…";
    }

    private void triangle(GraphicsContext graphics, boolean unfolded, double em, double middle) {
        double size = TRIANGLE_EM * em;
        double x = size + 1;
        graphics.setFill(mutedFill());
        if (unfolded) {
            graphics.fillPolygon(new double[] {x - size, x + size, x},
                    new double[] {middle - size / 2, middle - size / 2, middle + size / 2}, 3);
        } else {
            graphics.fillPolygon(new double[] {x - size / 2, x + size / 2, x - size / 2},
                    new double[] {middle - size, middle, middle + size}, 3);
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return Math.rint(textFont().getSize() * 10.6);
    }

    @Override
    protected double computeMinWidth(double height) {
        return computePrefWidth(height);
    }
}
