package dev.storescope.app.panel.inspect;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// What is pointed at or chosen in the table of fields is so among the bytes, and the other way round. -1 is none.
///
/// Threads: the JavaFX thread.
final class TwoWayMarks {
    private final FieldTable fields;
    private final ScrollPane scroll;
    private final HexView bytes;
    private int pointed = -1;
    private int chosen = -1;

    /// @param scroll around the table
    TwoWayMarks(FieldTable fields, ScrollPane scroll, HexView bytes) {
        this.fields = fields;
        this.scroll = scroll;
        this.bytes = bytes;
        fields.setUp(this::point, field -> {
            choose(field);
            bytes.reveal(field);
        });
        // A line that the table has scrolled away would say nothing of the bytes under the mouse.
        bytes.setUp(field -> {
            point(field);
            reveal(field);
        }, this::choose);
    }

    void show(Shown shown) {
        fields.show(shown.fields());
        bytes.show(shown);
        scroll.setVvalue(0);
        pointed = -1;
        choose(-1);
    }

    private void point(int field) {
        if (field != pointed) {
            pointed = field;
            mark();
        }
    }

    private void choose(int field) {
        chosen = field;
        mark();
        reveal(field);
    }

    private void mark() {
        fields.mark(pointed, chosen);
        bytes.mark(pointed, chosen);
    }

    /// Scrolls the table as little as needed.
    private void reveal(int field) {
        double room = scroll.getViewportBounds().getHeight();
        double most = fields.getHeight() - room;
        if (field < 0 || most <= 0) {
            return;
        }
        Region line = fields.line(field);
        double lowest = Math.max(0, line.getBoundsInParent().getMaxY() - room);
        double highest = Math.max(lowest, line.getBoundsInParent().getMinY());
        scroll.setVvalue(Math.clamp(Math.clamp(scroll.getVvalue() * most, lowest, highest) / most, 0, 1));
    }
}
