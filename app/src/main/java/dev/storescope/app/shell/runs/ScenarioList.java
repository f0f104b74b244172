package dev.storescope.app.shell.runs;

import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.text.Texts;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// The scenarios that come with the program, each with what it shows.
public final class ScenarioList extends ScrollPane {
    private final VBox list = new VBox();

    /// @param open gets the one that is chosen
    public ScenarioList(Texts texts, Consumer<Scenario> open) {
        list.getStyleClass().add("scenario-list");
        for (String name : ShippedScenarios.names()) {
            ShippedScenarios.named(name)
                    .ifPresent(found -> list.getChildren().add(line(name, found, texts, () -> open.accept(found))));
        }
        setContent(list);
        setFitToWidth(true);
        getStyleClass().add("scenario-scroll");
    }

    /// Takes the keyboard.
    public void begin() {
        list.getChildren().getFirst().requestFocus();
    }

    private static Button line(String name, Scenario scenario, Texts texts, Runnable open) {
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
