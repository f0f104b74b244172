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
        ((VBox) list.getChildren().getFirst()).getChildren().getFirst().requestFocus();
    }

    private static VBox line(String name, Scenario scenario, Texts texts, Runnable open) {
        var button = new Button(scenario.title().in(texts.language()));
        button.setId("scenario-" + name);
        button.setMnemonicParsing(false);
        button.getStyleClass().add("scenario-title");
        button.setOnAction(_ -> open.run());
        var notes = new Label(scenario.notes().in(texts.language()).strip().replaceAll("\\s+", " "));
        notes.setWrapText(true);
        notes.setMinHeight(USE_PREF_SIZE);
        notes.getStyleClass().add("muted");
        button.setAccessibleHelp(notes.getText());
        var line = new VBox(button, notes);
        line.getStyleClass().add("scenario-line");
        return line;
    }
}
