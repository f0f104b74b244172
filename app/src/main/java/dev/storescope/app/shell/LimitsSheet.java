package dev.storescope.app.shell;

import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.text.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// Asks how much of the disk the load may use.
final class LimitsSheet {
    private static final int MAX_GIB = 4096;
    private static final int MAX_PERCENT = 90;
    private static final int GIB_SHIFT = 30;

    private LimitsSheet() {
    }

    /// @param changed runs when other limits hold
    static void show(Texts texts, Overlays overlays, AppSettingsFile settings, Runnable changed) {
        long limit = settings.get().loadLimitBytes();
        Spinner<Integer> log = spinner("limit-log", 1, MAX_GIB, (int) Math.max(1, limit >> GIB_SHIFT),
                texts.get("sheet.limits.log"), texts.get("sheet.limits.log.help"));
        Spinner<Integer> free = spinner("limit-free", 0, MAX_PERCENT, settings.get().minFreeDiskPercent(),
                texts.get("sheet.limits.free"), texts.get("sheet.limits.free.help"));
        var form = new VBox(new Label(texts.get("sheet.limits.log")), log, new Label(texts.get("sheet.limits.free")),
                free);
        form.getStyleClass().add("form");
        var sheet = new Sheet(texts.get("action.loadLimits"), texts.get("sheet.close"), overlays::close, form);
        sheet.setId("limits-sheet");
        sheet.addButton("limits-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"), overlays::close);
        var apply = sheet.addButton("limits-apply", texts.get("sheet.limits.apply"),
                texts.get("sheet.limits.apply.help"),
                () -> {
                    settings.update(own -> own.withLoadLimits((long) log.getValue() << GIB_SHIFT, free.getValue()));
                    overlays.close();
                    changed.run();
                });
        apply.getStyleClass().add("accent");
        apply.setDefaultButton(true);
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
