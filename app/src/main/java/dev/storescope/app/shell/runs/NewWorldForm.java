package dev.storescope.app.shell.runs;

import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.disk.DiskModel;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Asks for the seed and the disk of a new world; settings and load stay as they are.
public final class NewWorldForm extends VBox {
    /// The disk of this machine, which is measured first.
    public static final String THIS_MACHINE = "this-machine";
    private static final Pattern SEED = Pattern.compile("-?\\d{1,18}");
    private static final long MOST_DRAWN = 1_000_000;

    private final TextField seed;
    private final ComboBox<String> disk = new ComboBox<>();
    private final WorldReading now;

    /// What is asked for.
    ///
    /// @param disk nothing for the one that the world has
    public record Wish(long seed, Optional<String> disk) {
    }

    /// @param now the world as it is
    public NewWorldForm(Texts texts, WorldReading now) {
        this.now = now;
        seed = new TextField(String.valueOf(now.seed()));
        seed.setId("new-world-seed");
        seed.setTooltip(new Tooltip(texts.get("sheet.newWorld.seed.help")));
        seed.setAccessibleText(texts.get("sheet.newWorld.seed"));
        HBox.setHgrow(seed, Priority.ALWAYS);
        var draw = new Button(texts.get("sheet.newWorld.draw"));
        draw.setId("new-world-draw");
        draw.setTooltip(new Tooltip(texts.get("sheet.newWorld.draw.help")));
        draw.setMinWidth(USE_PREF_SIZE);
        draw.setOnAction(_ -> seed.setText(String.valueOf(ThreadLocalRandom.current().nextLong(MOST_DRAWN))));
        var seedLine = new HBox(seed, draw);
        seedLine.getStyleClass().add("form-line");

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
        remark.setMinHeight(USE_PREF_SIZE);
        remark.getStyleClass().addAll("sheet-text", "muted");
        getStyleClass().add("form");
        getChildren().setAll(new Label(texts.get("sheet.newWorld.seed")), seedLine,
                new Label(texts.get("sheet.newWorld.disk")), disk, remark);
    }

    /// Takes the keyboard.
    public void begin() {
        seed.requestFocus();
        seed.selectAll();
    }

    /// What is asked for; nothing while what is typed is no seed.
    public Optional<Wish> entered() {
        return seedIn(seed.getText()).map(value -> new Wish(value, chosen(disk.getValue(), now)));
    }

    /// Whether what is typed is no seed.
    public ObservableValue<Boolean> isWrong() {
        return seed.textProperty().map(text -> seedIn(text).isEmpty());
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
