package dev.storescope.app.shell;

import atlantafx.base.controls.Notification;
import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.text.Texts;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What went wrong, or otherwise than one might think, in the upper right corner, each once. Errors stay until they are
/// closed.
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
                Notification notice = add(event, Feather.ALERT_CIRCLE, "warning");
                var stay = new PauseTransition(WARNING_STAYS);
                stay.setOnFinished(_ -> remove(notice));
                stay.play();
            }
            case ERROR -> add(event, Feather.ALERT_TRIANGLE, "danger");
        }
    }

    private Notification add(SessionEvent event, Feather icon, String styleClass) {
        var notice = new Notification(sentence(event), new FontIcon(icon));
        notice.getStyleClass().add(styleClass);
        notice.setId("notice-" + event.severity().name().toLowerCase(Locale.ROOT));
        notice.setMinHeight(Region.USE_PREF_SIZE);
        notice.setAccessibleText(sentence(event));
        notice.setOnClose(_ -> remove(notice));
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
