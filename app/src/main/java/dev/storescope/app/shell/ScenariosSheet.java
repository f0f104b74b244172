package dev.storescope.app.shell;

import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.text.Texts;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// The scenarios that come with the program, each with what it shows, and a way to those in files.
final class ScenariosSheet {
    private ScenariosSheet() {
    }

    /// @param openShipped gets the name of a scenario
    /// @param openFile asks for a file
    static void show(Texts texts, Overlays overlays, Consumer<String> openShipped, Runnable openFile) {
        var list = new VBox();
        list.getStyleClass().add("scenario-list");
        for (String name : ShippedScenarios.names()) {
            list.getChildren().add(line(name, texts, () -> {
                overlays.close();
                openShipped.accept(name);
            }));
        }
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("scenario-scroll");
        var sheet = new Sheet(texts.get("sheet.scenarios.title"), texts.get("sheet.close"), overlays::close, scroll);
        sheet.setId("scenarios-sheet");
        sheet.addButton("scenarios-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"),
                overlays::close);
        sheet.addButton("scenarios-file", texts.get("sheet.scenarios.file"), texts.get("sheet.scenarios.file.help"),
                () -> {
                    overlays.close();
                    openFile.run();
                });
        overlays.show(sheet, Pos.CENTER);
        list.getChildren().getFirst().requestFocus();
    }

    private static Button line(String name, Texts texts, Runnable open) {
        var scenario = ShippedScenarios.named(name).orElseThrow();
        var title = new Label(scenario.title().in(texts.language()));
        title.getStyleClass().add("scenario-title");
        var notes = new Label(scenario.notes().in(texts.language()).strip().replaceAll("\\s+", " "));
        notes.setWrapText(true);
        notes.getStyleClass().add("muted");
        var content = new VBox(title, notes);
        var button = new Button();
        button.setId("scenario-" + name);
        button.setGraphic(content);
        button.getStyleClass().add("scenario-line");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(title.getText());
        button.setAccessibleHelp(notes.getText());
        button.setOnAction(_ -> open.run());
        content.prefWidthProperty().bind(button.widthProperty().subtract(24));
        return button;
    }
}
