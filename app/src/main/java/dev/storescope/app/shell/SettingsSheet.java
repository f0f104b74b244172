package dev.storescope.app.shell;

import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All settings of the store in a searchable sheet; "Apply" restarts the store with those that were changed.
final class SettingsSheet {
    private final Texts texts;
    private final Overlays overlays;
    private final List<SettingRow> rows;
    private final List<Group> groups = new ArrayList<>();
    private final TextField search = new TextField();
    private final Label nothingFound = new Label();
    private final Label explanation = new Label();
    private final Sheet sheet;
    private final Button apply;
    private final Consumer<Map<StoreSetting, Object>> restart;

    /// Settings under one heading.
    private record Group(Label heading, List<SettingRow> rows) {
    }

    /// @param restart gets what was changed
    SettingsSheet(Texts texts, Overlays overlays, MessageStoreConfig config,
            Consumer<Map<StoreSetting, Object>> restart) {
        this.texts = texts;
        this.overlays = overlays;
        rows = Stream.of(StoreSetting.values())
                .map(setting -> new SettingRow(new SettingItem(setting, config, texts), this::explain))
                .toList();
        rows.forEach(row -> row.item().valueProperty().addListener((_, _, _) -> entered(row)));
        explanation.getStyleClass().add("settings-explanation");
        explanation.setId("settings-explanation");
        explanation.setWrapText(true);
        explanation.setText(texts.get("sheet.settings.text"));
        sheet = new Sheet(texts.get("sheet.settings.title"), texts.get("sheet.close"), overlays::requestClose,
                makeSearch(),
                makeList(), explanation);
        sheet.setId("settings-sheet");
        sheet.getStyleClass().add("settings-sheet");
        sheet.addButton("settings-defaults", texts.get("sheet.settings.defaults"),
                texts.get("sheet.settings.defaults.help"), this::setDefaults);
        sheet.addButton("settings-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"), overlays::close);
        this.restart = restart;
        apply = sheet.addButton("settings-apply", texts.get("sheet.settings.apply"),
                texts.get("sheet.settings.apply.help"), this::apply);
        apply.getStyleClass().add("accent");
        apply.setMinWidth(Region.USE_PREF_SIZE);
        refreshApply();
    }

    private TextField makeSearch() {
        search.setId("settings-search");
        search.setPromptText(texts.get("sheet.settings.search"));
        search.setAccessibleText(texts.get("sheet.settings.search"));
        search.setTooltip(new Tooltip(texts.get("sheet.settings.search.help")));
        search.textProperty().addListener((_, _, words) -> filter(words));
        return search;
    }

    private ScrollPane makeList() {
        var list = new VBox();
        list.getStyleClass().add("settings");
        for (StoreSetting.Group group : StoreSetting.Group.values()) {
            var heading = new Label(texts.get("setting.group." + group));
            heading.getStyleClass().add("settings-group");
            heading.managedProperty().bind(heading.visibleProperty());
            var members = rows.stream().filter(row -> row.item().setting().group() == group).toList();
            groups.add(new Group(heading, members));
            list.getChildren().add(heading);
            list.getChildren().addAll(members);
        }
        nothingFound.setText(texts.get("palette.nothing"));
        nothingFound.getStyleClass().add("muted");
        nothingFound.managedProperty().bind(nothingFound.visibleProperty());
        list.getChildren().add(nothingFound);
        filter("");
        var scroll = new ScrollPane(list);
        scroll.setId("settings");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        return scroll;
    }

    private void filter(String words) {
        rows.forEach(row -> row.setVisible(row.item().matches(words)));
        groups.forEach(group -> group.heading.setVisible(group.rows.stream().anyMatch(SettingRow::isVisible)));
        nothingFound.setVisible(rows.stream().noneMatch(SettingRow::isVisible));
    }

    private void apply() {
        Map<StoreSetting, Object> changes = changes();
        overlays.close();
        restart.accept(changes);
    }

    /// Entries are not thrown away unasked. Asked to go once more, it goes back to them.
    private boolean mayGo() {
        long changed = changed();
        if (changed == 0) {
            return true;
        }
        if (sheet.isAsking()) {
            sheet.endQuestion();
            search.requestFocus();
            return false;
        }
        Button back = Sheet.button("settings-back", texts.get("sheet.settings.back"),
                texts.get("sheet.settings.back.help"), this::mayGo);
        Button discard = Sheet.button("settings-discard", texts.get("sheet.settings.discard"),
                texts.get("sheet.cancel.help"), overlays::close);
        Button applyNow = Sheet.button("settings-apply-now", apply.getText(), texts.get("sheet.settings.apply.help"),
                this::apply);
        applyNow.getStyleClass().add("accent");
        applyNow.setDisable(apply.isDisabled());
        sheet.ask("settings-question", texts.get("sheet.settings.changed", changed), back, discard, applyNow);
        back.requestFocus();
        return false;
    }

    void show() {
        if (overlays.show(sheet, Pos.CENTER)) {
            overlays.askBeforeClosing(this::mayGo);
        }
        search.requestFocus();
    }

    /// Shows only this setting, with the cursor in it.
    void show(StoreSetting setting) {
        show();
        search.setText(setting.rocketMqName());
        rows.stream().filter(row -> row.item().setting() == setting).findFirst().ifPresent(row -> {
            explain(row.item());
            row.editor().requestFocus();
        });
    }

    private void entered(SettingRow row) {
        row.refresh();
        explain(row.item());
        refreshApply();
    }

    private void explain(SettingItem item) {
        explanation.setText(item.name() + " — " + item.description());
    }

    private Stream<SettingItem> items() {
        return rows.stream().map(SettingRow::item);
    }

    private long changed() {
        return items().filter(SettingItem::isChanged).count();
    }

    private void refreshApply() {
        long changed = changed();
        boolean valid = items().allMatch(SettingItem::isValid);
        apply.setDisable(changed == 0 || !valid);
        apply.setText(changed == 0 ? texts.get("sheet.settings.apply") : texts.get("sheet.settings.applyN", changed));
    }

    private void setDefaults() {
        items().filter(SettingItem::canChange).forEach(SettingItem::setToDefault);
        explanation.setText(texts.get("sheet.settings.text"));
    }

    private Map<StoreSetting, Object> changes() {
        var changes = new EnumMap<StoreSetting, Object>(StoreSetting.class);
        items().filter(SettingItem::isChanged).forEach(item -> changes.put(item.setting(), item.parsed()));
        return changes;
    }
}
