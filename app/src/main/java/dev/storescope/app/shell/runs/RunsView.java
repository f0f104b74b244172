package dev.storescope.app.shell.runs;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.Branch;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The runs of a simulated world that are kept, as a tree, and two of them beside each other in numbers.
///
/// Threads: the JavaFX thread.
public final class RunsView extends VBox {
    private static final PseudoClass DIFFERS = PseudoClass.getPseudoClass("differs");
    private static final double INDENT_EM = 1.6;

    private final Texts texts;
    private final SimulatedWorld world;
    private final ListView<Branch> list = new ListView<>();
    private final ComboBox<Branch> other = new ComboBox<>();
    private final Label lengths = new Label();
    private final GridPane table = new GridPane();
    private final ScrollPane scroll = new ScrollPane(table);
    private final Button show;
    private final Button level;
    private final Map<Integer, Integer> depths = new HashMap<>();

    public RunsView(Texts texts, SimulatedWorld world) {
        this.texts = texts;
        this.world = world;
        getStyleClass().add("runs");
        list.setId("runs-list");
        list.setAccessibleText(texts.get("sheet.runs.title"));
        list.setCellFactory(_ -> new RunCell());
        list.getSelectionModel().selectedItemProperty().addListener((_, _, _) -> compare());
        other.setId("runs-other");
        other.setAccessibleText(texts.get("runs.with"));
        other.setConverter(new RunName());
        other.valueProperty().addListener((_, _, _) -> compare());
        show = button("runs-show", "runs.show", this::showChosen);
        level = button("runs-level", "runs.level", this::bringToTheSameTime);
        lengths.setId("runs-lengths");
        lengths.setWrapText(true);
        lengths.getStyleClass().add("muted");
        table.setId("runs-table");
        table.getStyleClass().add("runs-table");
        // As long as there is nothing to compare, an empty frame would look like something that is missing.
        scroll.managedProperty().bind(scroll.visibleProperty());
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("runs-scroll");
        var with = new HBox(new Label(texts.get("runs.with")), other, show, level);
        with.getStyleClass().add("runs-bar");
        getChildren().addAll(list, with, lengths, scroll);
        refresh();
    }

    private Button button(String id, String textKey, Runnable action) {
        var button = new Button(texts.get(textKey));
        button.setId(id);
        button.setTooltip(new Tooltip(texts.get(textKey + ".help")));
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// Asks for the runs anew; what is chosen stays chosen.
    public void refresh() {
        Pulse.deliver(world.branches(), this::fill);
    }

    private void fill(List<Branch> branches) {
        int chosen = number(list.getSelectionModel().getSelectedItem()).orElse(world.read().branch());
        Optional<Integer> before = number(other.getValue());
        depths.clear();
        branches.forEach(each -> depths.put(each.number(),
                each.parent().isPresent() ? depths.getOrDefault(each.parent().getAsInt(), 0) + 1 : 0));
        list.getItems().setAll(branches);
        other.getItems().setAll(branches);
        named(branches, chosen).ifPresent(list.getSelectionModel()::select);
        // What one wants to know first is what became different from where it left.
        int with = before.orElseGet(() -> named(branches, chosen)
                .map(each -> each.parent().orElse(each.number()))
                .orElse(chosen));
        named(branches, with).ifPresent(other::setValue);
        compare();
    }

    private static Optional<Integer> number(Branch branch) {
        return Optional.ofNullable(branch).map(Branch::number);
    }

    private static Optional<Branch> named(List<Branch> branches, int number) {
        return branches.stream().filter(each -> each.number() == number).findFirst();
    }

    private void compare() {
        Branch chosen = list.getSelectionModel().getSelectedItem();
        Branch with = other.getValue();
        table.getChildren().clear();
        show.setDisable(chosen == null || chosen.number() == world.read().branch());
        boolean isNone = chosen == null || with == null || chosen.number() == with.number();
        scroll.setVisible(!isNone);
        level.setDisable(isNone || RunComparison.longerByNanos(with, chosen) == 0);
        if (isNone) {
            lengths.setText(texts.get(list.getItems().size() > 1 ? "runs.chooseTwo" : "runs.onlyOne"));
            return;
        }
        List<RunComparison.Line> lines = RunComparison.of(texts, with, chosen);
        lengths.setText(lengthsOf(with, chosen) + " " + differences(lines));
        head(with, chosen);
        Map<RunComparison.Group, List<RunComparison.Line>> groups = lines.stream()
                .collect(Collectors.groupingBy(RunComparison.Line::group));
        for (RunComparison.Group group : RunComparison.Group.values()) {
            var title = new Label(texts.get("runs.group." + group.name()));
            title.getStyleClass().add("settings-group");
            table.addRow(table.getRowCount(), title);
            groups.getOrDefault(group, List.of()).forEach(this::add);
        }
    }

    private String differences(List<RunComparison.Line> lines) {
        long count = lines.stream().filter(RunComparison.Line::differs).count();
        return count == 0 ? texts.get("runs.same") : texts.get("runs.differ", count, lines.size());
    }

    private String lengthsOf(Branch first, Branch second) {
        long longer = RunComparison.longerByNanos(first, second);
        if (longer == 0) {
            return texts.get("runs.sameTime", Formats.duration(first.outcome().clock().nanos()));
        }
        return longer > 0
                ? texts.get("runs.longer", second.number(), Formats.duration(longer), first.number())
                : texts.get("runs.longer", first.number(), Formats.duration(-longer), second.number());
    }

    private void head(Branch first, Branch second) {
        var nothing = new Region();
        table.addRow(0, nothing, headOf(texts.get("runs.column", first.number())),
                headOf(texts.get("runs.column", second.number())), headOf(texts.get("runs.change")));
    }

    private static Label headOf(String text) {
        var label = new Label(text);
        label.getStyleClass().addAll("runs-figure", "muted");
        return label;
    }

    private void add(RunComparison.Line line) {
        var name = new Label(line.name());
        name.getStyleClass().add("runs-name");
        var mark = line.change().isEmpty() && line.differs() ? "≠" : line.change();
        List<Label> figures = List.of(new Label(line.first()), new Label(line.second()), new Label(mark));
        figures.forEach(each -> {
            each.getStyleClass().add("runs-figure");
            each.pseudoClassStateChanged(DIFFERS, line.differs());
        });
        name.pseudoClassStateChanged(DIFFERS, line.differs());
        table.addRow(table.getRowCount(), name, figures.get(0), figures.get(1), figures.get(2));
    }

    // --- what the user does ---

    private void showChosen() {
        number(list.getSelectionModel().getSelectedItem())
                .ifPresent(number -> Pulse.deliver(world.show(number), _ -> refresh()));
    }

    /// The shorter one goes on to where the longer one is; what was shown is shown again.
    private void bringToTheSameTime() {
        Branch chosen = list.getSelectionModel().getSelectedItem();
        Branch with = other.getValue();
        Branch shorter = RunComparison.longerByNanos(with, chosen) > 0 ? with : chosen;
        Branch longer = shorter == with ? chosen : with;
        int shown = world.read().branch();
        level.setDisable(true);
        Pulse.deliver(world.show(shorter.number())
                .thenCompose(_ -> world.runTo(new Moment.AtTime(longer.outcome().clock().nanos())))
                .thenCompose(_ -> world.show(shown)), _ -> refresh());
    }

    private final class RunCell extends ListCell<Branch> {
        private final Label words = new Label();
        private final Label mark = new Label();
        private final HBox row = new HBox(words, mark);

        private RunCell() {
            row.getStyleClass().add("runs-row");
            mark.getStyleClass().add("runs-shown");
        }

        @Override
        protected void updateItem(Branch branch, boolean empty) {
            super.updateItem(branch, empty);
            if (empty || branch == null) {
                setGraphic(null);
                return;
            }
            int depth = depths.getOrDefault(branch.number(), 0);
            words.setText((depth > 0 ? "└ " : "") + RunComparison.words(texts, branch));
            mark.setText(branch.number() == world.read().branch() ? texts.get("runs.shown") : "");
            row.setTranslateX(depth * INDENT_EM * words.getFont().getSize());
            setGraphic(row);
        }
    }

    private final class RunName extends StringConverter<Branch> {
        @Override
        public String toString(Branch branch) {
            return branch == null ? "" : texts.get("runs.column", branch.number());
        }

        @Override
        public Branch fromString(String text) {
            throw new UnsupportedOperationException("nothing is typed here");
        }
    }
}
