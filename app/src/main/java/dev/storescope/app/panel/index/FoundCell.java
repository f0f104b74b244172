package dev.storescope.app.panel.index;

import dev.storescope.app.session.KeyLookup.Found;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;

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
        boolean none = empty || found == null;
        setText(none ? "" : words("index.line", found));
        setTooltip(none ? null : new Tooltip(words("index.line.full", found)));
    }

    private String words(String textKey, Found found) {
        return texts.get(textKey, found.topic(), found.queueId(), Formats.count(found.queueOffset()),
                Formats.count(found.place().commitLogOffset()), found.keys(), found.tags());
    }
}
