package dev.storescope.app.shell;

import dev.storescope.app.shell.PaletteEntries.Entry;
import dev.storescope.app.text.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A field and the list of what it finds; Enter or a click runs the chosen one. While nothing was typed, none is chosen
/// until the arrow keys choose one: Enter alone does nothing.
final class CommandPalette extends VBox {
    private final PaletteEntries entries;
    private final Runnable close;
    private final TextField field = new TextField();
    private final ListView<Entry> list = new ListView<>();

    private CommandPalette(PaletteEntries entries, Texts texts, Runnable close) {
        this.entries = entries;
        this.close = close;
        getStyleClass().add("palette");
        field.setId("palette-input");
        field.setPromptText(texts.get("shell.palette.prompt"));
        field.setAccessibleText(texts.get("shell.palette.name"));
        field.setTooltip(new Tooltip(texts.get("action.palette.help")));
        list.setId("palette-list");
        list.setAccessibleText(texts.get("palette.results"));
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new EntryCell());
        list.setPlaceholder(new Label(texts.get("palette.nothing")));
        getChildren().addAll(field, list);
        field.textProperty().addListener((_, _, typed) -> show(typed));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, _ -> runSelected());
        addEventHandler(KeyEvent.KEY_TYPED, this::typeOn);
        show("");
    }

    static CommandPalette open(PaletteEntries entries, Texts texts, Overlays overlays) {
        var palette = new CommandPalette(entries, texts, overlays::close);
        palette.setId("palette");
        overlays.show(palette, Pos.TOP_CENTER);
        return palette;
    }

    private void show(String typed) {
        list.getItems().setAll(entries.find(typed));
        if (typed.isBlank()) {
            list.getSelectionModel().clearSelection();
        } else {
            list.getSelectionModel().selectFirst();
        }
        list.scrollTo(0);
    }

    private void onKey(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1, event);
            case UP -> move(-1, event);
            case PAGE_DOWN -> move(8, event);
            case PAGE_UP -> move(-8, event);
            case ENTER -> {
                event.consume();
                runSelected();
            }
            default -> {}
        }
    }

    /// What is typed elsewhere in the palette, after a click into the list, say.
    private void typeOn(KeyEvent event) {
        String typed = event.getCharacter();
        boolean isText = !typed.isEmpty() && typed.chars().noneMatch(Character::isISOControl);
        if (!field.isFocused() && isText && !event.isShortcutDown()) {
            event.consume();
            field.requestFocus();
            field.positionCaret(field.getLength());
            field.appendText(typed);
        }
    }

    private void move(int by, KeyEvent event) {
        event.consume();
        int last = list.getItems().size() - 1;
        if (last >= 0) {
            int index = Math.clamp(list.getSelectionModel().getSelectedIndex() + (long) by, 0, last);
            list.getSelectionModel().select(index);
            list.scrollTo(Math.max(0, index - 4));
        }
    }

    private void runSelected() {
        Entry entry = list.getSelectionModel().getSelectedItem();
        if (entry != null) {
            close.run();
            entry.run().run();
        }
    }

    private static final class EntryCell extends ListCell<Entry> {
        private final Label title = new Label();
        private final Label detail = new Label();
        private final Label mark = new Label();
        private final HBox line = new HBox(title, detail, mark);

        private EntryCell() {
            line.getStyleClass().add("palette-line");
            title.getStyleClass().add("palette-title");
            title.setMinWidth(Region.USE_PREF_SIZE);
            detail.getStyleClass().add("palette-detail");
            mark.getStyleClass().add("key-hint");
            mark.setMinWidth(Region.USE_PREF_SIZE);
            detail.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(detail, Priority.ALWAYS);
            line.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            boolean shown = !empty && entry != null;
            setGraphic(shown ? line : null);
            if (shown) {
                title.setText(entry.title());
                detail.setText(entry.detail());
                mark.setText(entry.mark());
            }
        }
    }
}
