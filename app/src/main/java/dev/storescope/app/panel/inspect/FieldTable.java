package dev.storescope.app.panel.inspect;

import dev.storescope.engine.inspect.FieldSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The fields of a record, each with its bytes and its value. The mouse points at one, a click or the arrow keys choose
/// one; -1 is none.
///
/// Style class `field-table`, lines `field-span` with the pseudo-classes `pointed` and `chosen`.
public final class FieldTable extends VBox {
    private static final PseudoClass POINTED = PseudoClass.getPseudoClass("pointed");
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final List<Line> lines = new ArrayList<>();
    private List<FieldSpan> fields = List.of();
    private int chosen = -1;
    private IntConsumer onPoint = _ -> {
    };
    private IntConsumer onChoose = _ -> {
    };

    public FieldTable() {
        getStyleClass().add("field-table");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> onPoint.accept(-1));
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    void setUp(IntConsumer pointing, IntConsumer choosing) {
        onPoint = pointing;
        onChoose = choosing;
    }

    void show(List<FieldSpan> shown) {
        fields = shown;
        while (lines.size() < shown.size()) {
            lines.add(new Line(lines.size()));
        }
        if (getChildren().size() != shown.size()) {
            getChildren().setAll(lines.subList(0, shown.size()));
        }
        for (int i = 0; i < shown.size(); i++) {
            lines.get(i).show(shown.get(i));
        }
    }

    void mark(int pointed, int chosenField) {
        chosen = chosenField;
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).pseudoClassStateChanged(POINTED, i == pointed);
            lines.get(i).pseudoClassStateChanged(CHOSEN, i == chosenField);
        }
        if (chosenField >= 0 && chosenField < fields.size()) {
            FieldSpan field = fields.get(chosenField);
            setAccessibleText(field.name() + " " + field.value());
        }
    }

    /// The line of a field, to be scrolled to.
    Region line(int field) {
        return lines.get(field);
    }

    private void keyPressed(KeyEvent event) {
        int last = fields.size() - 1;
        int there = switch (event.getCode()) {
            case UP -> Math.max(0, chosen - 1);
            case DOWN -> Math.min(last, chosen + 1);
            case HOME -> 0;
            case END -> last;
            case ESCAPE -> -1;
            default -> Integer.MIN_VALUE;
        };
        if (there != Integer.MIN_VALUE && last >= 0) {
            event.consume();
            onChoose.accept(there);
        }
    }

    /// Name, bytes, value.
    private final class Line extends HBox {
        private final Label name = new Label();
        private final Label place = new Label();
        private final Label value = new Label();

        private Line(int index) {
            getStyleClass().add("field-span");
            name.getStyleClass().add("span-name");
            name.setMinWidth(USE_PREF_SIZE);
            place.getStyleClass().add("span-place");
            place.setMinWidth(USE_PREF_SIZE);
            value.getStyleClass().add("span-value");
            value.setWrapText(true);
            value.setMinHeight(USE_PREF_SIZE);
            HBox.setHgrow(value, Priority.ALWAYS);
            getChildren().addAll(name, place, value);
            addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> onPoint.accept(index));
            addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> {
                FieldTable.this.requestFocus();
                onChoose.accept(index);
            });
        }

        private void show(FieldSpan field) {
            name.setText(field.name());
            place.setText(field.fromByte() == field.toByte()
                    ? ""
                    : "%d–%d".formatted(field.fromByte(), field.toByte() - 1));
            value.setText(field.value());
        }
    }
}
