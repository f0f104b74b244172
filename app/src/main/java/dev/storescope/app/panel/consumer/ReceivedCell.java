package dev.storescope.app.panel.consumer;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import javafx.scene.control.ListCell;

/// One message that the consumer got, in one line.
final class ReceivedCell extends ListCell<Received> {
    private final Texts texts;

    ReceivedCell(Texts texts) {
        this.texts = texts;
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(Received message, boolean empty) {
        super.updateItem(message, empty);
        setText(empty || message == null
                ? ""
                : texts.get("consumer.line", message.queueId(), Formats.count(message.queueOffset()),
                        Formats.exactBytes(message.sizeBytes()), message.keys(), message.tags()));
    }
}
