package dev.storescope.app.shell;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Asks for the directory of a new store and the length of its files.
final class NewStoreSheet {
    private static final long SMALLEST_BYTES = 64 << 10;
    private static final long LARGEST_BYTES = 1 << 30;
    private static final long USUAL_BYTES = 64 << 20;

    private NewStoreSheet() {
    }

    /// @param suggestion where the new store might lie
    /// @param browse asks the user for a directory
    static void show(Texts texts, Overlays overlays, Path suggestion, Supplier<Optional<Path>> browse,
            ObjLongConsumer<Path> create) {
        var directory = new TextField(suggestion.toString());
        directory.setId("new-store-directory");
        directory.setTooltip(new Tooltip(texts.get("sheet.newStore.directory.help")));
        directory.setAccessibleText(texts.get("sheet.newStore.directory"));
        HBox.setHgrow(directory, Priority.ALWAYS);
        var choose = new Button(texts.get("sheet.newStore.browse"));
        choose.setId("new-store-browse");
        choose.setTooltip(new Tooltip(texts.get("sheet.newStore.browse.help")));
        choose.setAccessibleText(texts.get("sheet.newStore.browse"));
        choose.setMinWidth(Region.USE_PREF_SIZE);
        choose.setOnAction(_ -> browse.get().ifPresent(path -> directory.setText(path.toString())));
        var directoryLine = new HBox(directory, choose);
        directoryLine.getStyleClass().add("form-line");

        var size = new ComboBox<Long>();
        size.setId("new-store-size");
        LongStream.iterate(SMALLEST_BYTES, bytes -> bytes <= LARGEST_BYTES, bytes -> bytes * 2)
                .forEach(size.getItems()::add);
        size.setValue(USUAL_BYTES);
        size.setConverter(new SizeConverter());
        size.setTooltip(new Tooltip(texts.get("sheet.newStore.size.help")));
        size.setAccessibleText(texts.get("sheet.newStore.size"));

        var remark = new Label(texts.get("sheet.newStore.text"));
        remark.setWrapText(true);
        remark.setMinHeight(Region.USE_PREF_SIZE);
        remark.getStyleClass().addAll("sheet-text", "muted");
        var form = new VBox(new Label(texts.get("sheet.newStore.directory")), directoryLine,
                new Label(texts.get("sheet.newStore.size")), size);
        form.getStyleClass().add("form");

        var sheet = new Sheet(texts.get("sheet.newStore.title"), texts.get("sheet.close"), overlays::close, form,
                remark);
        sheet.setId("new-store-sheet");
        sheet.addButton("new-store-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"), overlays::close);
        Button create1 = sheet.addButton("new-store-create", texts.get("sheet.newStore.create"),
                texts.get("sheet.newStore.create.help"), () -> path(directory.getText()).ifPresent(path -> {
                    overlays.close();
                    create.accept(path, size.getValue());
                }));
        create1.getStyleClass().add("accent");
        create1.setDefaultButton(true);
        create1.disableProperty().bind(directory.textProperty().map(text -> path(text).isEmpty()));
        overlays.show(sheet, Pos.CENTER);
        directory.requestFocus();
        directory.end();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static final class SizeConverter extends StringConverter<Long> {
        @Override
        public String toString(Long bytes) {
            return bytes == null ? "" : Formats.bytes(bytes);
        }

        @Override
        public Long fromString(String text) {
            throw new UnsupportedOperationException("the size is chosen, not typed");
        }
    }
}
