package dev.storescope.app.shell;

import atlantafx.base.theme.Styles;
import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.text.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.scene.AccessibleRole;
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

/// What went wrong, or otherwise than one might think: the latest in the row at the foot of the window, where it hides no
/// number and moves nothing, with what can be done about it; how many more there are, beside it. Errors, and what one can
/// do something about, stay until they are closed. A sentence too long for the row is whole in its tooltip and in the list
/// of what happened.
///
/// Threads: the JavaFX thread.
final class Notices {
    private static final Duration WARNING_STAYS = Duration.seconds(10);
    private static final String LOAD_STARTED = "session.loadStarted";
    private static final String LOAD_END = "session.loadEnd.";
    private static final Map<String, List<ActionId>> WAYS_OUT = Map.of(
            LOAD_END + "LOG_LENGTH_REACHED", List.of(ActionId.NEW_STORE, ActionId.LOAD_LIMITS),
            LOAD_END + "DISK_NEARLY_FULL", List.of(ActionId.LOAD_LIMITS, ActionId.OPEN_STORE),
            "session.recoveryNote", List.of(ActionId.RECOVERY_REPORT));

    private final Texts texts;
    private final Actions actions;
    private final Deque<SessionEvent> open = new ArrayDeque<>();
    private Pane row;

    Notices(Texts texts, Actions actions) {
        this.texts = texts;
        this.actions = actions;
    }

    /// Goes on in the row of a window that was built anew, in its language.
    void moveTo(Pane newRow) {
        row = newRow;
        render();
    }

    void show(SessionEvent event) {
        if (event.textKey().equals(LOAD_STARTED)) {
            // Why the one before ended is of no use any more.
            open.removeIf(notice -> notice.textKey().startsWith(LOAD_END));
        }
        switch (event.severity()) {
            case DONE, ERROR_ON_PAGE -> {}
            case WARNING -> {
                open.addFirst(event);
                if (waysOut(event).isEmpty()) {
                    var stay = new PauseTransition(WARNING_STAYS);
                    stay.setOnFinished(_ -> close(event));
                    stay.play();
                }
            }
            case ERROR -> open.addFirst(event);
        }
        render();
    }

    private void close(SessionEvent event) {
        open.remove(event);
        render();
    }

    private static List<ActionId> waysOut(SessionEvent event) {
        return WAYS_OUT.getOrDefault(event.textKey(), List.of());
    }

    private void render() {
        row.getChildren().clear();
        if (!open.isEmpty()) {
            row.getChildren().add(notice(open.getFirst()));
        }
        row.setVisible(!open.isEmpty());
        row.setManaged(!open.isEmpty());
    }

    private HBox notice(SessionEvent event) {
        boolean isError = event.severity() == Severity.ERROR;
        var words = new Label(sentence(event).replace("\n", ": "));
        words.getStyleClass().add("notice-words");
        words.setMinWidth(0);
        words.setTooltip(tip(sentence(event)));
        words.setOnMouseClicked(_ -> actions.run(ActionId.MESSAGES));
        HBox.setHgrow(words, Priority.ALWAYS);

        var notice = new HBox(new FontIcon(isError ? Feather.ALERT_TRIANGLE : Feather.ALERT_CIRCLE), words);
        notice.getStyleClass().addAll("notice", isError ? "danger" : "warning");
        notice.setId("notice-" + event.severity().name().toLowerCase(Locale.ROOT));
        notice.setAccessibleRole(AccessibleRole.TEXT);
        notice.setAccessibleText(sentence(event));
        for (ActionId id : waysOut(event)) {
            var way = button(texts.get(id.textKey()), texts.get(id.helpKey()), () -> actions.run(id));
            way.setId("notice-" + ActionId.camelCase(id.name()));
            notice.getChildren().add(way);
        }
        if (open.size() > 1) {
            notice.getChildren()
                    .add(button(texts.get("notice.more", open.size() - 1), texts.get("action.messages.help"),
                            () -> actions.run(ActionId.MESSAGES)));
        }
        var close = button(null, texts.get("notice.close"), () -> close(event));
        close.setGraphic(new FontIcon(Feather.X));
        close.setAccessibleText(texts.get("notice.close"));
        notice.getChildren().add(close);
        return notice;
    }

    private static Button button(String text, String help, Runnable action) {
        var button = new Button(text);
        button.getStyleClass().add(Styles.FLAT);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(tip(help));
        button.setOnAction(_ -> action.run());
        return button;
    }

    private static Tooltip tip(String text) {
        var tip = new Tooltip(text);
        tip.setWrapText(true);
        return tip;
    }

    /// What happened, and what is known about why.
    String sentence(SessionEvent event) {
        String sentence = texts.get(event.textKey(), event.values().toArray());
        return event.detail().isEmpty() ? sentence : sentence + "\n" + event.problem().in(texts);
    }

    /// `✕` and words: the colour never says it alone.
    static String sign(Severity severity) {
        return switch (severity) {
            case DONE -> "✓";
            case WARNING -> "!";
            case ERROR, ERROR_ON_PAGE -> "✕";
        };
    }
}
