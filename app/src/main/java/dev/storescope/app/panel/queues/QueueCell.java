package dev.storescope.app.panel.queues;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.StackedBar;
import dev.storescope.app.control.StackedBar.Part;
import dev.storescope.app.control.StackedBar.Role;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// One line of the table of queues. It is written anew in each text frame, without a new layout.
final class QueueCell extends ListCell<QueueKey> {
    private static final PseudoClass NONE = PseudoClass.getPseudoClass("none");

    private final QueuesViewModel model;
    private final Texts texts;
    private final Label topic = new Label();
    private final LiveText queueId = number("queue-id");
    private final LiveText min = number("offset");
    private final LiveText max = number("offset");
    private final LiveText last = number("offset");
    private final LiveText entries = number("offset");
    private final LiveText notFlushed = number("count");
    private final LiveText behind = number("count");
    private final LiveText lag = number("lag");
    private final StackedBar bar = new StackedBar();
    private final HBox line = new HBox();

    /// @param roomy whether there is room for what one can do without
    QueueCell(QueuesViewModel model, Texts texts, ObservableBooleanValue roomy) {
        this.model = model;
        this.texts = texts;
        line.getStyleClass().add("queue-line");
        topic.getStyleClass().add("topic");
        topic.setMaxWidth(Double.MAX_VALUE);
        behind.getStyleClass().add("behind");
        HBox.setHgrow(topic, Priority.ALWAYS);
        bar.getStyleClass().add("unsettled");
        last.visibleProperty().bind(roomy);
        last.managedProperty().bind(roomy);
        line.getChildren().setAll(topic, queueId, entries, min, max, last, notFlushed, behind, bar, lag);
        line.setMinWidth(0);
        setPrefWidth(0);
    }

    private static LiveText number(String styleClass) {
        var text = new LiveText();
        text.getStyleClass().add(styleClass);
        text.setAlignment(HPos.RIGHT);
        return text;
    }

    @Override
    protected void updateItem(QueueKey key, boolean empty) {
        super.updateItem(key, empty);
        setGraphic(empty || key == null ? null : line);
        write();
    }

    /// What the queue is like now.
    void write() {
        QueueKey key = getItem();
        if (key != null) {
            model.line(key).ifPresent(this::show);
        }
    }

    private void show(QueueLine now) {
        topic.setText(now.key().topic());
        queueId.setText(Integer.toString(now.key().queueId()));
        entries.setText(Formats.count(now.entries()));
        min.setText(Formats.count(now.minOffset()));
        max.setText(Formats.count(now.maxOffset()));
        last.setText(now.lastCommitLogOffset().isPresent()
                ? Formats.count(now.lastCommitLogOffset().getAsLong())
                : Formats.UNKNOWN);
        notFlushed.setText(Formats.count(now.notFlushed()));
        behind.setText(Formats.count(now.behind()));
        notFlushed.pseudoClassStateChanged(NONE, now.notFlushed() == 0);
        behind.pseudoClassStateChanged(NONE, now.behind() == 0);
        lag.pseudoClassStateChanged(NONE, now.consumerLag().orElse(0) == 0);
        lag.setText(now.consumerLag().isPresent() ? Formats.count(now.consumerLag().getAsLong()) : Formats.UNKNOWN);
        bar.show(List.of(new Part(Role.COMMITTED, now.notFlushed()), new Part(Role.DISPATCH, now.behind())),
                model.scale());
        setAccessibleText(texts.get("queues.line", now.key().topic(), now.key().queueId(),
                Formats.count(now.minOffset()), Formats.count(now.maxOffset()), Formats.count(now.notFlushed()),
                Formats.count(now.behind()), lag.getText()));
    }
}
