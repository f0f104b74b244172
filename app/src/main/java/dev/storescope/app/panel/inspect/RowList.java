package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Texts;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// A list of any length: as many lines as there is room for, filled with whatever rows stand there. JavaFX's own lists
/// keep something for each row, which a log of a hundred million has no room for.
///
/// Style class `row-list`; takes the keyboard for all lines.
public final class RowList extends Region {
    private static final double LINE_EM = 1.85;
    private static final double LEAST_LINES = 3;
    /// Part of the scroll bar that can be taken hold of, however long the list is.
    private static final double LEAST_THUMB = 0.1;
    private static final double USUAL_EM_PIXELS = 13;

    private final MessageLine names = new MessageLine();
    private final Pane lines = new Pane();
    private final Rectangle clip = new Rectangle();
    private final ScrollBar bar = new ScrollBar();
    private final List<MessageLine> pool = new ArrayList<>();
    private final Text measure = new Text();
    private InspectViewModel model;
    private Texts texts;
    /// The row at the upper edge; its fraction is above the edge.
    private double top;
    private boolean setting;
    private final BooleanProperty follow = new SimpleBooleanProperty(this, "follow");
    /// The end was shown when the list was drawn last: what comes is shown too, if it is followed.
    private boolean atEnd;

    public RowList() {
        getStyleClass().add("row-list");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        names.getStyleClass().add("names");
        lines.getStyleClass().add("lines");
        lines.setManaged(false);
        lines.setClip(clip);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setManaged(false);
        bar.setFocusTraversable(false);
        bar.valueProperty().addListener((_, _, value) -> {
            if (!setting) {
                scrollTo(value.doubleValue());
            }
        });
        measure.getStyleClass().add("text");
        measure.setManaged(false);
        measure.setVisible(false);
        measure.fontProperty().addListener((_, _, _) -> requestLayout());
        follow.addListener((_, _, now) -> {
            atEnd = now;
            if (now && model != null) {
                refresh();
            }
        });
        getChildren().addAll(names, lines, bar, measure);
        lines.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    /// Before anything is shown.
    void setUp(InspectViewModel shownModel, Texts usedTexts) {
        model = shownModel;
        texts = usedTexts;
        Map<Column, String> words = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            words.put(column, texts.get(column.textKey()));
        }
        names.showNames(words);
    }

    /// What stands in the rows may have changed.
    void refresh() {
        scrollTo(follow.get() && atEnd && !model.isSearch() ? model.size() : top);
    }

    /// Whether the list goes along with a log that grows, as long as nobody scrolls away from its end.
    BooleanProperty followProperty() {
        return follow;
    }

    /// Scrolls as little as needed to show a row.
    void reveal(long row) {
        if (row < 0) {
            return;
        }
        if (row < top) {
            scrollTo(row);
        } else if (row + 1 > top + room()) {
            scrollTo(row + 1 - room());
        } else {
            fill();
        }
        setAccessibleText(words(row));
    }

    /// What is read aloud of a row.
    private String words(long row) {
        Optional<BrowsedRow> there = model.row(row);
        return there.map(it -> switch (it.step()) {
            case LogStep.Record record -> texts.get("inspect.rowAloud", record.topic(), record.queueId(),
                    record.queueOffset(), record.commitLogOffset(), it.keys());
            case LogStep.Fault fault -> fault.text();
            case LogStep.Blank _,LogStep.End _ -> "";
        }).orElse(texts.get("inspect.messages"));
    }

    private void scrollTo(double row) {
        double most = Math.max(0, model.size() - room());
        top = Math.clamp(row, 0, most);
        atEnd = top >= most;
        showBar();
        fill();
    }

    private void showBar() {
        double most = Math.max(0, model.size() - room());
        setting = true;
        bar.setMax(most);
        bar.setVisibleAmount(model.size() == 0 ? 0 : most * Math.max(LEAST_THUMB, room() / model.size()));
        bar.setUnitIncrement(1);
        bar.setBlockIncrement(Math.max(1, room() - 1));
        bar.setValue(top);
        bar.setVisible(most > 0);
        setting = false;
    }

    /// Rows that there is room for, the last one perhaps in part.
    private double room() {
        return Math.max(1, lines.getHeight() / lineHeight());
    }

    private double lineHeight() {
        return Math.rint(LINE_EM * emPixels());
    }

    private double emPixels() {
        Font font = measure.getFont();
        return font == null ? USUAL_EM_PIXELS : font.getSize();
    }

    private void fill() {
        if (model == null || lines.getHeight() <= 0) {
            return;
        }
        double height = lineHeight();
        long first = (long) top;
        int count = (int) Math.min(Math.ceil(lines.getHeight() / height) + 1, Math.max(0, model.size() - first));
        while (pool.size() < count) {
            pool.add(new MessageLine());
        }
        if (lines.getChildren().size() != count) {
            lines.getChildren().setAll(pool.subList(0, count));
        }
        Map<Column, Double> widths = Column.fit(lines.getWidth() / emPixels() - 1);
        names.arrange(widths, emPixels());
        for (int i = 0; i < count; i++) {
            long row = first + i;
            // A row that stays in sight keeps its line, which then has nothing to write.
            MessageLine line = pool.get((int) (row % count));
            line.arrange(widths, emPixels());
            line.resizeRelocate(0, Math.rint((row - top) * height), lines.getWidth(), height);
            line.show(row, model.row(row), row == model.selectedProperty().get());
        }
    }

    @Override
    protected void layoutChildren() {
        double barWidth = Math.ceil(bar.prefWidth(-1));
        double height = lineHeight();
        double width = getWidth() - barWidth;
        names.resizeRelocate(0, 0, width, height);
        lines.resizeRelocate(0, height, width, Math.max(0, getHeight() - height));
        clip.setWidth(width);
        clip.setHeight(lines.getHeight());
        bar.resizeRelocate(width, height, barWidth, lines.getHeight());
        if (model != null) {
            scrollTo(top);
        }
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.ceil((LEAST_LINES + 1) * lineHeight());
    }

    @Override
    protected double computePrefHeight(double width) {
        return computeMinHeight(width) * 2;
    }

    // --- what the user does ---

    private void pressed(MouseEvent event) {
        requestFocus();
        long row = (long) (top + event.getY() / lineHeight());
        if (row < model.size()) {
            model.select(row);
        }
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            scrollTo(top - event.getDeltaY() / lineHeight());
            event.consume();
        }
    }

    private void keyPressed(KeyEvent event) {
        long here = model.selectedProperty().get();
        long pageRows = Math.max(1, (long) room() - 1);
        long there = switch (event.getCode()) {
            case UP -> here - 1;
            case DOWN -> here + 1;
            case PAGE_UP -> here - pageRows;
            case PAGE_DOWN -> here + pageRows;
            case HOME -> 0;
            case END -> model.size() - 1;
            default -> Long.MIN_VALUE;
        };
        if (there != Long.MIN_VALUE) {
            event.consume();
            model.select(Math.max(0, there));
        }
    }
}
