package dev.storescope.app.shell;

import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.text.Texts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The simple sheets: shortcuts, what happened, about, and the question before something is destroyed.
final class Sheets {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss")
            .withZone(ZoneId.systemDefault());
    private static final int SHORTCUT_COLUMNS = 3;
    /// Room for a scroll bar, so that the one does not bring about the other.
    private static final double BAR_PIXELS = 14;

    private final Overlays overlays;
    /// The last part of the text's key, then the keys.
    private static final List<List<String>> TIMELINE_KEYS = List.of(List.of("zoom", "W", "S"),
            List.of("pan", "A", "D"), List.of("pause", "Space"), List.of("present", "End"), List.of("all", "Home"),
            List.of("find", "←", "→"), List.of("travel", "Shift+←", "Shift+→"), List.of("open", "Enter"),
            List.of("markers", "[", "]"),
            List.of("measure", "M"), List.of("rows", "↑", "↓"), List.of("back", "Esc"));

    private final Texts texts;

    Sheets(Overlays overlays, Texts texts) {
        this.overlays = overlays;
        this.texts = texts;
    }

    void showShortcuts() {
        var grid = new GridPane();
        grid.getStyleClass().add("shortcuts");
        List<ActionId> withKeys = List.of(ActionId.values()).stream().filter(id -> id.shortcut().isPresent()).toList();
        int rows = Math.ceilDiv(withKeys.size(), SHORTCUT_COLUMNS);
        for (int i = 0; i < withKeys.size(); i++) {
            ActionId id = withKeys.get(i);
            var name = new Label(texts.get(id.textKey()));
            HBox keys = keyCaps(id);
            int column = i / rows * SHORTCUT_COLUMNS;
            grid.add(name, column, i % rows);
            grid.add(keys, column + 1, i % rows);
        }
        for (int column = 0; column < SHORTCUT_COLUMNS * 2; column++) {
            var constraints = new ColumnConstraints();
            constraints.setMinWidth(Region.USE_PREF_SIZE);
            grid.getColumnConstraints().add(constraints);
        }
        // There are more of them than a small window, or large text, has room for.
        var keys = new VBox(grid, timelineKeys());
        var scroll = new ScrollPane(keys);
        scroll.prefViewportWidthProperty().bind(keys.widthProperty().add(BAR_PIXELS));
        scroll.getStyleClass().add("shortcuts-scroll");
        scroll.setFocusTraversable(true);
        scroll.setAccessibleText(texts.get("sheet.shortcuts.title"));
        show("shortcuts-sheet", "sheet.shortcuts.title", scroll);
    }

    /// Keys that the lanes of the timeline take while they have the keyboard.
    private VBox timelineKeys() {
        var grid = new GridPane();
        grid.getStyleClass().add("shortcuts");
        int rows = Math.ceilDiv(TIMELINE_KEYS.size(), SHORTCUT_COLUMNS);
        for (int i = 0; i < TIMELINE_KEYS.size(); i++) {
            List<String> keys = TIMELINE_KEYS.get(i);
            var caps = new HBox();
            caps.getStyleClass().add("keys");
            keys.stream().skip(1).forEach(key -> caps.getChildren().add(keyCap(key)));
            int column = i / rows * SHORTCUT_COLUMNS;
            grid.add(new Label(texts.get("timeline.key." + keys.getFirst())), column, i % rows);
            grid.add(caps, column + 1, i % rows);
        }
        var title = new Label(texts.get("timeline.keys"));
        title.getStyleClass().add("settings-group");
        return new VBox(title, grid);
    }

    private HBox keyCaps(ActionId id) {
        var keys = new HBox();
        keys.getStyleClass().add("keys");
        if (id == ActionId.SHORTCUTS) {
            keys.getChildren().add(keyCap("?"));
        }
        id.shortcut().map(KeyCombination::getDisplayText).ifPresent(text -> keys.getChildren().add(keyCap(text)));
        return keys;
    }

    private static Label keyCap(String text) {
        var cap = new Label(text);
        cap.getStyleClass().add("key-cap");
        return cap;
    }

    /// Everything that the session has told, the latest first, and where the whole log lies.
    void showMessages(List<SessionEvent> events, Path logFile, Consumer<Path> openFile, Notices notices) {
        var list = new ListView<SessionEvent>();
        list.setId("message-list");
        list.getStyleClass().add("messages");
        list.getItems().setAll(events.reversed());
        list.setPlaceholder(new Label(texts.get("sheet.messages.none")));
        list.setAccessibleText(texts.get("sheet.messages.title"));
        list.setCellFactory(_ -> new MessageCell(notices));
        var path = new Label(texts.get("sheet.messages.file", logFile));
        path.getStyleClass().addAll("muted", "small");
        Sheet sheet = show("messages-sheet", "sheet.messages.title", list, path);
        sheet.addButton("open-log-file", texts.get("sheet.messages.open"), texts.get("sheet.messages.open.help"),
                () -> openFile.accept(logFile));
    }

    void showAbout(String version) {
        show("about-sheet", "sheet.about.title", wrapped("sheet.about.text", version), wrapped("sheet.about.parts",
                System.getProperty("java.version"), System.getProperty("javafx.runtime.version", "")));
    }

    /// See [dev.storescope.app.panel.PanelHost#confirm].
    void confirm(String keyPrefix, Runnable action, Object... values) {
        Sheet sheet = show("confirm-sheet", keyPrefix + ".title", wrapped(keyPrefix + ".text", values));
        sheet.addButton("confirm-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"), overlays::close)
                .setCancelButton(true);
        Button ok = sheet.addButton("confirm-ok", texts.get(keyPrefix + ".ok"), texts.get(keyPrefix + ".title"), () -> {
            overlays.close();
            action.run();
        });
        ok.getStyleClass().add("danger");
    }

    private Sheet show(String id, String titleKey, Node... content) {
        var sheet = new Sheet(texts.get(titleKey), texts.get("sheet.close"), overlays::close, content);
        sheet.setId(id);
        overlays.show(sheet, Pos.CENTER);
        return sheet;
    }

    private Label wrapped(String key, Object... values) {
        var label = new Label(texts.get(key, values));
        label.setWrapText(true);
        label.getStyleClass().add("sheet-text");
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// A line of what happened: time, sign, sentence.
    private static final class MessageCell extends ListCell<SessionEvent> {
        private final Notices notices;

        private MessageCell(Notices notices) {
            this.notices = notices;
            setWrapText(true);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(SessionEvent event, boolean empty) {
            super.updateItem(event, empty);
            setText(empty || event == null
                    ? ""
                    : TIME.format(Instant.ofEpochMilli(event.atMillis())) + "  " + Notices.sign(event.severity()) + "  "
                            + notices.sentence(event));
        }
    }
}
