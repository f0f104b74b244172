package dev.storescope.app.shell;

import dev.storescope.app.text.Texts;
import dev.storescope.engine.load.LoadLimits;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// Asks how much of the disk the load may use.
final class LimitsSheet {
    private static final int MAX_PERCENT = 90;
    private static final double PERCENT = 100;

    private LimitsSheet() {
    }

    /// In which the length of a log is asked for.
    enum Unit {
        /// On a real disk.
        GIB(30, 4096, "sheet.limits.log"),
        /// In a simulated world, whose disk lies in memory.
        MIB(20, 2048, "sheet.limits.logMib");

        private final int shift;
        private final int most;
        private final String textKey;

        Unit(int shift, int most, String textKey) {
            this.shift = shift;
            this.most = most;
            this.textKey = textKey;
        }

        private int of(long bytes) {
            return Math.clamp(bytes >> shift, 1, most);
        }

        private long bytes(int count) {
            return (long) count << shift;
        }
    }

    /// @param now limits that hold
    /// @param apply gets the others that are wanted
    static void show(Texts texts, Overlays overlays, Unit unit, LoadLimits now, Consumer<LoadLimits> apply) {
        String logText = texts.get(unit.textKey);
        Spinner<Integer> log = spinner("limit-log", 1, unit.most, unit.of(now.logBytes()), logText,
                texts.get("sheet.limits.log.help"));
        Spinner<Integer> free = spinner("limit-free", 0, MAX_PERCENT,
                (int) Math.round(now.minFreeDiskRatio() * PERCENT), texts.get("sheet.limits.free"),
                texts.get("sheet.limits.free.help"));
        var form = new VBox(new Label(logText), log, new Label(texts.get("sheet.limits.free")),
                free);
        form.getStyleClass().add("form");
        var sheet = new Sheet(texts.get("action.loadLimits"), texts.get("sheet.close"), overlays::close, form);
        sheet.setId("limits-sheet");
        sheet.addButton("limits-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"), overlays::close);
        var accept = sheet.addButton("limits-apply", texts.get("sheet.limits.apply"),
                texts.get("sheet.limits.apply.help"),
                () -> {
                    overlays.close();
                    apply.accept(now.withLogBytes(unit.bytes(log.getValue()))
                            .withMinFreeDiskRatio(free.getValue() / PERCENT));
                });
        accept.getStyleClass().add("accent");
        accept.setDefaultButton(true);
        overlays.show(sheet, Pos.CENTER);
    }

    private static Spinner<Integer> spinner(String id, int min, int max, int value, String name, String help) {
        var spinner = new Spinner<Integer>(min, max, value);
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setAccessibleText(name);
        spinner.getEditor().setAccessibleText(name);
        spinner.setTooltip(new Tooltip(help));
        return spinner;
    }
}
