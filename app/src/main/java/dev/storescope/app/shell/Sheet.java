package dev.storescope.app.shell;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A card over the window: a title with a cross to close it, content, and buttons at the lower right.
final class Sheet extends VBox {
    private final HBox buttons = new HBox();
    private final HBox question = new HBox();

    /// @param closeHelp what the cross says
    Sheet(String title, String closeHelp, Runnable close, Node... content) {
        getStyleClass().add("sheet");
        var titleLabel = new Label(title);
        titleLabel.getStyleClass().add("sheet-title");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var cross = new Button("", new FontIcon(Feather.X));
        cross.getStyleClass().addAll("sheet-close", "flat");
        cross.setAccessibleText(closeHelp);
        cross.setTooltip(new Tooltip(closeHelp));
        cross.setOnAction(_ -> close.run());
        var head = new HBox(titleLabel, space, cross);
        head.getStyleClass().add("sheet-head");
        head.setAlignment(Pos.CENTER_LEFT);
        buttons.getStyleClass().add("buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        question.getStyleClass().addAll("buttons", "question");
        question.setAlignment(Pos.CENTER_RIGHT);
        getChildren().add(head);
        getChildren().addAll(content);
    }

    /// @param id of the button, for tests and styles
    Button addButton(String id, String text, String help, Runnable action) {
        if (buttons.getChildren().isEmpty()) {
            getChildren().add(buttons);
        }
        Button button = button(id, text, help, action);
        buttons.getChildren().add(button);
        return button;
    }

    /// Asks in the place of the buttons, until [#endQuestion()].
    void ask(String id, String words, Button... answers) {
        var label = new Label(words);
        label.setId(id);
        label.setMinWidth(Region.USE_PREF_SIZE);
        question.getChildren().setAll(label);
        question.getChildren().addAll(answers);
        getChildren().set(getChildren().indexOf(buttons), question);
    }

    boolean isAsking() {
        return getChildren().contains(question);
    }

    void endQuestion() {
        getChildren().set(getChildren().indexOf(question), buttons);
    }

    static Button button(String id, String text, String help, Runnable action) {
        var button = new Button(text);
        button.setId(id);
        button.setTooltip(new Tooltip(help));
        button.setAccessibleText(text);
        button.setOnAction(_ -> action.run());
        return button;
    }
}
