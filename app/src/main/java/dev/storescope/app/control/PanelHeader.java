package dev.storescope.app.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The first line of a panel: its title in capitals on the left, a quiet remark on the right.
///
/// Style classes: `panel-header`, inside `panel-title` and `panel-hint`.
public final class PanelHeader extends HBox {
    private final StringProperty title = new SimpleStringProperty(this, "title", "");
    private final StringProperty hint = new SimpleStringProperty(this, "hint", "");

    public PanelHeader() {
        getStyleClass().add("panel-header");
        var titleLabel = new Label();
        titleLabel.getStyleClass().add("panel-title");
        titleLabel.textProperty().bind(Bindings.createStringBinding(() -> capitals(title.get()), title));
        titleLabel.setMinWidth(Region.USE_PREF_SIZE);
        var hintLabel = new Label();
        hintLabel.getStyleClass().add("panel-hint");
        hintLabel.textProperty().bind(hint);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(titleLabel, space, hintLabel);
    }

    /// Words with a capital inside are names of the field, `CommitLog`, and stay as they are written.
    static String capitals(String words) {
        return Arrays.stream(words.split(" ", -1))
                .map(word -> word.matches(".*\\p{Ll}\\p{Lu}.*") ? word : word.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /// The remark is left out where there is no room for all of it.
    @Override
    protected void layoutChildren() {
        Node hintLabel = getChildren().getLast();
        double needed = getChildren().getFirst().prefWidth(-1) + hintLabel.prefWidth(-1) + 2 * getSpacing();
        hintLabel.setVisible(getWidth() >= Math.floor(needed));
        super.layoutChildren();
    }

    public StringProperty titleProperty() {
        return title;
    }

    public String getTitle() {
        return title.get();
    }

    public void setTitle(String text) {
        title.set(text);
    }

    public StringProperty hintProperty() {
        return hint;
    }

    public String getHint() {
        return hint.get();
    }

    public void setHint(String text) {
        hint.set(text);
    }
}
