package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A file of the log: its name, its length, its state.
final class FileCell extends ListCell<FileLine> {
    private static final PseudoClass DAMAGED = PseudoClass.getPseudoClass("damaged");

    private final Texts texts;
    private final Label name = new Label();
    private final Label size = new Label();
    private final Label state = new Label();
    private final VBox content;

    FileCell(Texts texts) {
        this.texts = texts;
        name.getStyleClass().add("file-name");
        size.getStyleClass().add("file-size");
        state.getStyleClass().add("file-state");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        content = new VBox(name, new HBox(size, space, state));
        getStyleClass().add("file-cell");
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(FileLine file, boolean empty) {
        super.updateItem(file, empty);
        boolean shown = !empty && file != null;
        setGraphic(shown ? content : null);
        pseudoClassStateChanged(DAMAGED, shown && file.state() == FileLine.State.DAMAGED);
        if (shown) {
            name.setText(file.name());
            size.setText(Formats.bytes(file.sizeBytes()));
            state.setText(texts.get("inspect.file." + file.state()));
        }
    }
}
