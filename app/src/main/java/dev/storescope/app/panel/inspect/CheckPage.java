package dev.storescope.app.panel.inspect;

import dev.storescope.app.panel.inspect.InspectViewModel.Work;
import dev.storescope.app.text.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The page that proves the store: what its files do not say can be told first, then it runs, then its lines are listed.
///
/// Style class `list-page`.
public final class CheckPage extends VBox {
    private final TextField slots = new TextField();
    private final TextField entries = new TextField();
    private final Button start = new Button();
    private final WorkLine work = new WorkLine();
    private final ListView<CheckLine> lines = new ListView<>();
    private final InvalidationListener onWork = _ -> showWork();
    private final InvalidationListener onLines = _ -> showLines();
    private final InvalidationListener onDirectory = _ -> forgetTold();
    private InspectViewModel model;

    public CheckPage() {
        getStyleClass().add("list-page");
        start.setId("inspect-run-check");
        start.getStyleClass().add("accent");
        start.setGraphic(new FontIcon(Feather.CHECK_CIRCLE));
        start.setMinWidth(Region.USE_PREF_SIZE);
        slots.setId("inspect-slots");
        entries.setId("inspect-entries");
        List.of(slots, entries).forEach(field -> field.getStyleClass().add("setting-field"));
        work.setName("check");
        lines.setId("inspect-check-lines");
        lines.setCellFactory(_ -> new CheckCell());
        VBox.setVgrow(lines, Priority.ALWAYS);
        HBox.setHgrow(work, Priority.ALWAYS);
        var bar = new HBox(start, slots, entries, work);
        bar.getStyleClass().add("check-bar");
        getChildren().addAll(bar, lines);
    }

    /// Before anything is shown.
    ///
    /// @param onStart gets what was told, by RocketMQ's names
    /// @param onPlace gets the offset of a fault of the log that was chosen
    void setUp(InspectViewModel shown, Texts texts, Consumer<Map<String, String>> onStart, Runnable onCancel,
            LongConsumer onPlace) {
        model = shown;
        start.setText(texts.get("inspect.runCheck"));
        start.setTooltip(new Tooltip(texts.get("inspect.runCheck.help")));
        name(slots, "maxHashSlotNum", texts.get("inspect.slots.help"));
        name(entries, "maxIndexNum", texts.get("inspect.entries.help"));
        work.setBarName(texts.get("inspect.checkProgress"));
        work.setCancelText(texts.get("inspect.cancel"));
        work.setCancelHelp(texts.get("inspect.cancelCheck.help"));
        work.setOnCancel(onCancel);
        lines.setAccessibleText(texts.get("inspect.checkLines"));
        lines.setTooltip(new Tooltip(texts.get("inspect.checkLines.help")));
        var nothing = new Label(texts.get("inspect.checkNothing"));
        nothing.getStyleClass().add("quiet");
        nothing.setWrapText(true);
        lines.setPlaceholder(nothing);
        lines.getSelectionModel().selectedItemProperty().addListener((_, _, line) -> {
            if (line != null) {
                line.offset().ifPresent(onPlace);
            }
        });
        // Not disabled meanwhile: the keyboard would be thrown out of it.
        start.setOnAction(_ -> {
            if (model.checkProperty().get().stage() != Work.Stage.RUNNING) {
                onStart.accept(told());
            }
        });
        slots.setOnAction(_ -> start.fire());
        entries.setOnAction(_ -> start.fire());
        model.checkProperty().addListener(onWork);
        model.checkLinesProperty().addListener(onLines);
        model.directoryProperty().addListener(onDirectory);
        showWork();
        showLines();
    }

    private static void name(TextField field, String name, String help) {
        field.setPromptText(name);
        field.setAccessibleText(name);
        field.setTooltip(new Tooltip(help));
    }

    private Map<String, String> told() {
        Map<String, String> told = new HashMap<>();
        for (TextField field : List.of(slots, entries)) {
            String words = field.getText().replaceAll("[\\s\u00a0]", "");
            if (!words.isEmpty()) {
                told.put(field.getPromptText(), words);
            }
        }
        return told;
    }

    /// What was told was of another store.
    private void forgetTold() {
        slots.clear();
        entries.clear();
    }

    private void showWork() {
        work.show(model.checkProperty().get());
    }

    private void showLines() {
        lines.getItems().setAll(model.checkLinesProperty().get());
    }

    void dispose() {
        model.checkProperty().removeListener(onWork);
        model.checkLinesProperty().removeListener(onLines);
        model.directoryProperty().removeListener(onDirectory);
    }
}
