package dev.storescope.app.panel.index;

import dev.storescope.app.session.KeyLookup.Found;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import javafx.scene.control.ListCell;

/// One message that was found by its key, in one line.
final class FoundCell extends ListCell<Found> {
    private final Texts texts;

    FoundCell(Texts texts) {
        this.texts = texts;
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(Found found, boolean empty) {
        super.updateItem(found, empty);
        setText(empty || found == null
                ? ""
                : texts.get("index.line", found.topic(), found.queueId(), Formats.count(found.queueOffset()),
                        Formats.count(found.place().commitLogOffset()), found.keys(), found.tags()));
    }
}
