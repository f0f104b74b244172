package dev.storescope.app.shell;

import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.disk.DiskModel;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

/// Asks for the seed and the disk of a new world; settings and load stay as they are.
final class NewWorldSheet {
    /// The disk of this machine, which is measured first.
    static final String THIS_MACHINE = "this-machine";
    private static final Pattern SEED = Pattern.compile("-?\\d{1,18}");
    private static final long MOST_DRAWN = 1_000_000;

    private NewWorldSheet() {
    }

    /// What is asked for.
    ///
    /// @param disk nothing for the one that the world has
    record Wish(long seed, Optional<String> disk) {
    }

    /// @param now the world as it is
    static void show(Texts texts, Overlays overlays, WorldReading now, Consumer<Wish> begin) {
        var seed = new TextField(String.valueOf(now.seed()));
        seed.setId("new-world-seed");
        seed.setTooltip(new Tooltip(texts.get("sheet.newWorld.seed.help")));
        seed.setAccessibleText(texts.get("sheet.newWorld.seed"));
        HBox.setHgrow(seed, Priority.ALWAYS);
        var draw = new Button(texts.get("sheet.newWorld.draw"));
        draw.setId("new-world-draw");
        draw.setTooltip(new Tooltip(texts.get("sheet.newWorld.draw.help")));
        draw.setMinWidth(Region.USE_PREF_SIZE);
        draw.setOnAction(_ -> seed.setText(String.valueOf(ThreadLocalRandom.current().nextLong(MOST_DRAWN))));
        var seedLine = new HBox(seed, draw);
        seedLine.getStyleClass().add("form-line");

        var disk = new ComboBox<String>();
        disk.setId("new-world-disk");
        Stream.concat(DiskModel.known().stream().map(DiskModel::name), Stream.of(THIS_MACHINE))
                .forEach(disk.getItems()::add);
        disk.setValue(now.disk());
        disk.setConverter(new DiskWords(texts));
        disk.setTooltip(new Tooltip(texts.get("sheet.newWorld.disk.help")));
        disk.setAccessibleText(texts.get("sheet.newWorld.disk"));
        disk.setMaxWidth(Double.MAX_VALUE);

        var remark = new Label(texts.get("sheet.newWorld.text"));
        remark.setWrapText(true);
        remark.setMinHeight(Region.USE_PREF_SIZE);
        remark.getStyleClass().addAll("sheet-text", "muted");
        var form = new VBox(new Label(texts.get("sheet.newWorld.seed")), seedLine,
                new Label(texts.get("sheet.newWorld.disk")), disk);
        form.getStyleClass().add("form");

        var sheet = new Sheet(texts.get("sheet.newWorld.title"), texts.get("sheet.close"), overlays::close, form,
                remark);
        sheet.setId("new-world-sheet");
        sheet.addButton("new-world-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"),
                overlays::close);
        Button beginButton = sheet.addButton("new-world-begin", texts.get("sheet.newWorld.begin"),
                texts.get("sheet.newWorld.begin.help"), () -> seedIn(seed.getText()).ifPresent(value -> {
                    overlays.close();
                    begin.accept(new Wish(value, chosen(disk.getValue(), now)));
                }));
        beginButton.getStyleClass().add("accent");
        beginButton.setDefaultButton(true);
        beginButton.disableProperty().bind(seed.textProperty().map(text -> seedIn(text).isEmpty()));
        overlays.show(sheet, Pos.CENTER);
        seed.requestFocus();
        seed.selectAll();
    }

    /// One that is not known by its name stays: it is in the scenario alone.
    private static Optional<String> chosen(String disk, WorldReading now) {
        boolean isMeasuredAnew = disk.equals(THIS_MACHINE);
        return disk.equals(now.disk()) && !isMeasuredAnew ? Optional.empty() : Optional.of(disk);
    }

    private static Optional<Long> seedIn(String text) {
        String typed = text.strip();
        return SEED.matcher(typed).matches() ? Optional.of(Long.parseLong(typed)) : Optional.empty();
    }

    private static final class DiskWords extends StringConverter<String> {
        private final Texts texts;

        private DiskWords(Texts texts) {
            this.texts = texts;
        }

        @Override
        public String toString(String name) {
            if (name == null) {
                return "";
            }
            boolean isKnown = name.equals(THIS_MACHINE) || DiskModel.named(name).isPresent();
            return isKnown ? texts.get("disk." + name) : name;
        }

        @Override
        public String fromString(String text) {
            throw new UnsupportedOperationException("the disk is chosen, not typed");
        }
    }
}
