package dev.storescope.app.shell;

import atlantafx.base.theme.Styles;
import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.text.Texts;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What went wrong, or otherwise than one might think, in the upper right corner, each once. Errors stay until they are
/// closed. Rows of their own: a `Notification` of AtlantaFX asks for too little height when its text wraps.
///
/// Threads: the JavaFX thread.
final class Notices {
    private static final Duration WARNING_STAYS = Duration.seconds(10);
    private static final int SHOWN_AT_MOST = 4;

    private final Texts texts;
    private Pane corner;

    Notices(Texts texts) {
        this.texts = texts;
    }

    /// Moves what is shown to the corner of a window that was built anew.
    void moveTo(Pane newCorner) {
        if (corner != null) {
            newCorner.getChildren().setAll(corner.getChildren());
        }
        corner = newCorner;
    }

    void show(SessionEvent event) {
        switch (event.severity()) {
            case DONE -> {}
            case WARNING -> {
                Node notice = add(event, Feather.ALERT_CIRCLE, "warning");
                var stay = new PauseTransition(WARNING_STAYS);
                stay.setOnFinished(_ -> remove(notice));
                stay.play();
            }
            case ERROR -> add(event, Feather.ALERT_TRIANGLE, "danger");
        }
    }

    private Node add(SessionEvent event, Feather icon, String styleClass) {
        var words = new Label(sentence(event));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var close = new Button(null, new FontIcon(Feather.X));
        close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        close.setAccessibleText(texts.get("notice.close"));
        close.setTooltip(new Tooltip(texts.get("notice.close")));

        var notice = new HBox(new FontIcon(icon), words, close);
        notice.getStyleClass().addAll("notice", styleClass);
        notice.setId("notice-" + event.severity().name().toLowerCase(Locale.ROOT));
        notice.setAccessibleRole(AccessibleRole.TEXT);
        notice.setAccessibleText(sentence(event));
        notice.setMinHeight(Region.USE_PREF_SIZE);
        close.setOnAction(_ -> remove(notice));
        corner.getChildren().addFirst(notice);
        if (corner.getChildren().size() > SHOWN_AT_MOST) {
            corner.getChildren().removeLast();
        }
        return notice;
    }

    private void remove(Node notice) {
        corner.getChildren().remove(notice);
    }

    /// What happened, and what is known about why.
    String sentence(SessionEvent event) {
        String sentence = texts.get(event.textKey(), event.values().toArray());
        return event.detail().isEmpty() ? sentence : sentence + "\n" + event.detail();
    }

    /// `✕` and words: the colour never says it alone.
    static String sign(Severity severity) {
        return switch (severity) {
            case DONE -> "✓";
            case WARNING -> "!";
            case ERROR -> "✕";
        };
    }
}
