package dev.storescope.app.panel.faults;

import dev.storescope.app.panel.faults.FaultKind.Figure;
import dev.storescope.app.panel.faults.FaultKind.Figures;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.disk.Fault;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Chooses a fault with its figures, says what will be seen, and turns it on. Style class `fault-form`.
final class FaultForm extends VBox {
    private final FaultWords words;
    private final Texts texts;
    private final ComboBox<FaultKind> kinds = new ComboBox<>();
    private final ComboBox<Long> extra;
    private final ComboBox<Fault.Where> where;
    private final ComboBox<Long> after;
    private final ComboBox<Long> times;
    private final ComboBox<Long> filesLeft;
    private final ComboBox<Long> jump;
    private final ComboBox<String> service;
    private final Map<Figure, Node> fields = new EnumMap<>(Figure.class);
    private final GridPane grid = new GridPane();
    private final Label seen = new Label();
    private final Button turnOn = new Button();
    private final Predicate<Fault> canDo;
    private final Function<Long, Long> capacity;

    /// @param canDo whether the world can bring a fault about
    /// @param capacity of a disk that has room for so many files more
    /// @param wanted is given what is to be turned on
    FaultForm(Texts texts, Predicate<Fault> canDo, Function<Long, Long> capacity, Consumer<Fault> wanted) {
        this.texts = texts;
        this.canDo = canDo;
        this.capacity = capacity;
        words = new FaultWords(texts);
        getStyleClass().add("fault-form");
        extra = box(Figure.EXTRA, FaultKind.EXTRAS_NS, words::extra, 3);
        where = box(Figure.WHERE, List.of(Fault.Where.values()), words::where, 1);
        after = box(Figure.AFTER, FaultKind.AFTERS, words::after, 0);
        times = box(Figure.TIMES, FaultKind.TIMES, words::times, 0);
        filesLeft = box(Figure.FILES_LEFT, FaultKind.FILES_LEFT, words::filesLeft, 1);
        jump = box(Figure.JUMP, FaultKind.JUMPS_MS, words::jump, 4);
        service = box(Figure.SERVICE, List.of(), name -> name, 0);
        kinds.setId("faults-kind");
        kinds.setMaxWidth(Double.MAX_VALUE);
        explain(kinds, texts.get("faults.kind"), texts.get("faults.kind.help"));
        kinds.setConverter(converter(words::name));
        kinds.getItems().setAll(FaultKind.values());
        kinds.getSelectionModel().select(FaultKind.STALLED_FORCE);
        kinds.valueProperty().addListener((_, _, _) -> arrange());
        grid.getStyleClass().add("fault-figures");
        seen.setId("faults-seen");
        seen.getStyleClass().add("fault-seen");
        seen.setWrapText(true);
        seen.setMinHeight(USE_PREF_SIZE);
        turnOn.setId("faults-turn-on");
        turnOn.getStyleClass().add("turn-on");
        turnOn.setText(texts.get("faults.turnOn"));
        turnOn.setTooltip(new Tooltip(texts.get("faults.turnOn.help")));
        turnOn.setOnAction(_ -> fault().ifPresent(wanted));
        getChildren().addAll(kinds, grid, seen, turnOn);
        arrange();
    }

    private <T> ComboBox<T> box(Figure figure, Collection<T> items, Function<T, String> name, int chosen) {
        var box = new ComboBox<T>();
        box.setId("faults-figure-" + figure.name().toLowerCase(Locale.ROOT));
        box.setMaxWidth(Double.MAX_VALUE);
        GridPane.setHgrow(box, Priority.ALWAYS);
        explain(box, texts.get("faults.figure." + figure), texts.get("faults.figure." + figure + ".help"));
        box.setConverter(converter(name));
        box.getItems().setAll(items);
        if (!items.isEmpty()) {
            box.getSelectionModel().select(chosen);
        }
        box.valueProperty().addListener((_, _, _) -> check());
        fields.put(figure, box);
        return box;
    }

    private static void explain(ComboBox<?> box, String name, String help) {
        box.setAccessibleText(name);
        box.setTooltip(new Tooltip(help));
    }

    private static <T> StringConverter<T> converter(Function<T, String> name) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : name.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("values are chosen, not typed");
            }
        };
    }

    /// Shows the figures that the kind needs.
    private void arrange() {
        grid.getChildren().clear();
        for (Figure figure : Figure.values()) {
            if (kinds.getValue().needs(figure)) {
                var name = new Label(texts.get("faults.figure." + figure));
                name.setMinWidth(USE_PREF_SIZE);
                grid.addRow(grid.getRowCount(), name, fields.get(figure));
            }
        }
        boolean any = !grid.getChildren().isEmpty();
        grid.setVisible(any);
        grid.setManaged(any);
        check();
    }

    private void check() {
        if (kinds.getValue() == null || service == null) {
            return;
        }
        Optional<Fault> fault = fault();
        boolean possible = fault.filter(canDo).isPresent();
        turnOn.setDisable(!possible);
        seen.setText(fault.isPresent() && !possible
                ? texts.get("faults.onlySimulated", words.seen(kinds.getValue()))
                : words.seen(kinds.getValue()));
    }

    private Optional<Fault> fault() {
        FaultKind kind = kinds.getValue();
        if (kind == FaultKind.HELD_SERVICE && service.getValue() == null) {
            return Optional.empty();
        }
        long bytes = kind == FaultKind.DISK_FULL ? capacity.apply(filesLeft.getValue()) : 0;
        return Optional.of(kind.fault(new Figures(extra.getValue(), where.getValue(), after.getValue(),
                times.getValue(), bytes, jump.getValue(), service.getValue() == null ? "" : service.getValue())));
    }

    /// The services that there are, and what the world can do, may have changed.
    void update(Collection<String> services) {
        if (!service.getItems().equals(List.copyOf(services))) {
            String chosen = service.getValue();
            service.getItems().setAll(services);
            boolean isThere = chosen != null && services.contains(chosen);
            service.setValue(isThere ? chosen : services.stream().findFirst().orElse(null));
        }
        check();
    }
}
