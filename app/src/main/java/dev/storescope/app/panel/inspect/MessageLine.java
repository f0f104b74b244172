package dev.storescope.app.panel.inspect;

import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// One line of the list, used again for another row when the list is scrolled.
///
/// Style class `message-line`; pseudo-classes `selected`, `fault`, `odd`, `waiting`.
final class MessageLine extends Region {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass FAULT = PseudoClass.getPseudoClass("fault");
    private static final PseudoClass ODD = PseudoClass.getPseudoClass("odd");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final String GAP_TEXT = "…";
    private static final double GAP_EM = 1;

    private final Map<Column, Label> cells = new EnumMap<>(Column.class);
    private final Label problem = cell("fault-text");
    private Map<Column, Double> widths = Map.of();
    private double emPixels = 1;
    private Content shown = new Content(-1, Optional.empty(), false);

    /// What it shows: as long as that is the same there is nothing to write.
    private record Content(long index, Optional<BrowsedRow> row, boolean selected) {
    }

    MessageLine() {
        getStyleClass().add("message-line");
        // What changes in it is laid out in it alone.
        setManaged(false);
        for (Column column : Column.values()) {
            Label cell = cell("cell-" + column.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            cell.setAlignment(column.isNumber() ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            cells.put(column, cell);
        }
        getChildren().addAll(cells.values());
        getChildren().add(problem);
    }

    private static Label cell(String styleClass) {
        var label = new Label();
        label.getStyleClass().addAll("cell", styleClass);
        label.setEllipsisString(GAP_TEXT);
        return label;
    }

    /// @param columnWidths in em
    void arrange(Map<Column, Double> columnWidths, double newEmPixels) {
        if (!columnWidths.equals(widths) || newEmPixels != emPixels) {
            widths = columnWidths;
            emPixels = newEmPixels;
            cells.forEach((column, cell) -> cell.setVisible(columnWidths.containsKey(column)));
            requestLayout();
        }
    }

    /// @param row nothing while it is on its way
    void show(long index, Optional<BrowsedRow> row, boolean selected) {
        var wanted = new Content(index, row, selected);
        if (wanted.equals(shown)) {
            return;
        }
        shown = wanted;
        boolean fault = row.filter(it -> it.step() instanceof LogStep.Fault).isPresent();
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(ODD, index % 2 == 1);
        pseudoClassStateChanged(FAULT, fault);
        pseudoClassStateChanged(WAITING, row.isEmpty());
        String found = row.map(it -> it.step() instanceof LogStep.Fault broken ? broken.problem() : "").orElse("");
        problem.setText(found);
        problem.setVisible(fault);
        cells.forEach((column, cell) -> cell.setText(text(column, row)));
    }

    private static String text(Column column, Optional<BrowsedRow> row) {
        if (row.isEmpty()) {
            return column == Column.OFFSET ? GAP_TEXT : "";
        }
        return switch (row.get().step()) {
            case LogStep.Record record -> column.text(row.get(), record);
            case LogStep.Fault fault -> column == Column.OFFSET
                    ? dev.storescope.app.text.Formats.count(fault.commitLogOffset())
                    : "";
            case LogStep.Blank _,LogStep.End _ -> "";
        };
    }

    /// The names of the columns.
    void showNames(Map<Column, String> names) {
        cells.forEach((column, cell) -> cell.setText(names.get(column)));
        problem.setVisible(false);
    }

    @Override
    protected void layoutChildren() {
        double x = snappedLeftInset();
        double gap = GAP_EM * emPixels;
        for (Map.Entry<Column, Double> each : widths.entrySet()) {
            double width = each.getValue() * emPixels;
            cells.get(each.getKey()).resizeRelocate(snapPositionX(x), 0, snapSizeX(width - gap), getHeight());
            x += width;
            if (each.getKey() == Column.OFFSET) {
                problem.resizeRelocate(snapPositionX(x), 0, Math.max(0, getWidth() - x), getHeight());
            }
        }
    }
}
