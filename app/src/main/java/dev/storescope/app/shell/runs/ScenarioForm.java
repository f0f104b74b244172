package dev.storescope.app.shell.runs;

import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.Words;
import dev.storescope.app.text.Texts;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// What a scenario that is saved says of itself.
///
/// Threads: the JavaFX thread.
public final class ScenarioForm extends VBox {
    private static final int NOTE_ROWS = 5;

    private final Texts texts;
    private final Scenario scenario;
    private final TextField title = new TextField();
    private final TextArea notes = new TextArea();

    /// @param scenario that is saved, with what it has said so far
    public ScenarioForm(Texts texts, Scenario scenario) {
        this.texts = texts;
        this.scenario = scenario;
        getStyleClass().addAll("form", "scenario-form");
        title.setId("scenario-title");
        title.setText(scenario.title().in(texts.language()));
        notes.setId("scenario-notes");
        notes.setText(scenario.notes().in(texts.language()));
        notes.setPrefRowCount(NOTE_ROWS);
        notes.setWrapText(true);
        getChildren().addAll(named("sheet.scenario.title", title), title, named("sheet.scenario.notes", notes), notes,
                text());
    }

    private Label named(String key, Node field) {
        var label = new Label(texts.get(key));
        label.setLabelFor(field);
        field.setAccessibleText(texts.get(key));
        Tooltip.install(field, new Tooltip(texts.get(key + ".help")));
        return label;
    }

    private Label text() {
        var label = new Label(texts.get("sheet.scenario.text"));
        label.setWrapText(true);
        label.getStyleClass().addAll("sheet-text", "muted");
        return label;
    }

    /// The scenario with what was entered; words that were left as they are stay in all languages.
    public Scenario entered() {
        return scenario.withTitle(changed(scenario.title(), title.getText()),
                changed(scenario.notes(), notes.getText()));
    }

    private Words changed(Words before, String entered) {
        return entered.equals(before.in(texts.language())) ? before : Words.english(entered.strip());
    }

    /// A name for its file: letters, digits and dashes of the title.
    public String fileName() {
        String name = title.getText().strip().toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        String bare = name.replaceAll("^-+|-+$", "");
        return (bare.isEmpty() ? "scenario" : bare) + ".yaml";
    }
}
