package dev.storescope.app.shell;

import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.controlsfx.control.PropertySheet;
import org.controlsfx.property.editor.DefaultPropertyEditorFactory;
import org.controlsfx.property.editor.PropertyEditor;

/// All settings of the store in a searchable sheet; "Apply" restarts the store with those that were changed.
final class SettingsSheet {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final Texts texts;
    private final Overlays overlays;
    private final List<SettingItem> items;
    private final Map<StoreSetting, Node> editors = new EnumMap<>(StoreSetting.class);
    private final PropertySheet properties;
    private final Label explanation = new Label();
    private final Sheet sheet;
    private final Button apply;

    /// @param restart gets what was changed
    SettingsSheet(Texts texts, Overlays overlays, MessageStoreConfig config,
            Consumer<Map<StoreSetting, Object>> restart) {
        this.texts = texts;
        this.overlays = overlays;
        items = Stream.of(StoreSetting.values()).map(setting -> new SettingItem(setting, config, texts)).toList();
        properties = new PropertySheet(FXCollections.observableArrayList());
        properties.setId("settings");
        properties.setMode(PropertySheet.Mode.CATEGORY);
        properties.setModeSwitcherVisible(true);
        properties.setSearchBoxVisible(true);
        var groups = Stream.of(StoreSetting.Group.values()).map(group -> texts.get("setting.group." + group)).toList();
        properties.setCategoryComparator((a, b) -> Integer.compare(groups.indexOf(a), groups.indexOf(b)));
        properties.setPropertyEditorFactory(this::editor);
        properties.getItems().setAll(items);
        explanation.getStyleClass().add("settings-explanation");
        explanation.setId("settings-explanation");
        explanation.setWrapText(true);
        sheet = new Sheet(texts.get("sheet.settings.title"), texts.get("sheet.close"), overlays::close, properties,
                explanation);
        sheet.setId("settings-sheet");
        sheet.getStyleClass().add("settings-sheet");
        sheet.addButton("settings-defaults", texts.get("sheet.settings.defaults"),
                texts.get("sheet.settings.defaults.help"), this::setDefaults);
        sheet.addButton("settings-cancel", texts.get("sheet.cancel"), texts.get("sheet.cancel.help"), overlays::close);
        apply = sheet.addButton("settings-apply", texts.get("sheet.settings.apply"),
                texts.get("sheet.settings.apply.help"), () -> {
                    Map<StoreSetting, Object> changes = changes();
                    overlays.close();
                    restart.accept(changes);
                });
        apply.getStyleClass().add("accent");
        items.forEach(item -> item.getObservableValue()
                .ifPresent(value -> value.addListener((_, _, _) -> entered(item))));
        explain(Optional.empty());
        refresh();
    }

    void show() {
        overlays.show(sheet, Pos.CENTER);
    }

    /// Shows only this setting, with the cursor in it.
    void show(StoreSetting setting) {
        show();
        properties.setMode(PropertySheet.Mode.NAME);
        properties.setTitleFilter(setting.rocketMqName());
        Node editor = editors.get(setting);
        if (editor != null) {
            editor.requestFocus();
        }
        items.stream()
                .filter(item -> item.setting() == setting)
                .findFirst()
                .ifPresent(item -> explain(Optional.of(item)));
    }

    private PropertyEditor<?> editor(PropertySheet.Item property) {
        PropertyEditor<?> editor = new DefaultPropertyEditorFactory().call(property);
        var item = (SettingItem) property;
        Node node = editor.getEditor();
        editors.put(item.setting(), node);
        node.setId("setting-" + item.getName());
        node.setAccessibleText(item.getName());
        node.setAccessibleHelp(item.getDescription());
        if (node instanceof Control control) {
            var tooltip = new Tooltip(item.getDescription());
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(420);
            control.setTooltip(tooltip);
        }
        node.focusedProperty().addListener((_, _, focused) -> {
            if (focused) {
                explain(Optional.of(item));
            }
        });
        node.pseudoClassStateChanged(WRONG, !item.isValid());
        return editor;
    }

    private void entered(SettingItem item) {
        Node editor = editors.get(item.setting());
        if (editor != null) {
            editor.pseudoClassStateChanged(WRONG, !item.isValid());
        }
        explain(Optional.of(item));
        refresh();
    }

    private void explain(Optional<SettingItem> item) {
        explanation.setText(item.map(shown -> shown.getName() + " — " + shown.getDescription())
                .orElseGet(() -> texts.get("sheet.settings.text")));
    }

    private void refresh() {
        long changed = items.stream().filter(SettingItem::isChanged).count();
        boolean valid = items.stream().allMatch(SettingItem::isValid);
        apply.setDisable(changed == 0 || !valid);
        apply.setText(changed == 0 ? texts.get("sheet.settings.apply") : texts.get("sheet.settings.applyN", changed));
        apply.setMinWidth(Region.USE_PREF_SIZE);
    }

    private void setDefaults() {
        items.stream()
                .filter(item -> item.setting().change() != StoreSetting.Change.NEW_STORE)
                .forEach(SettingItem::setToDefault);
        properties.getItems().setAll(items);
    }

    private Map<StoreSetting, Object> changes() {
        var changes = new EnumMap<StoreSetting, Object>(StoreSetting.class);
        items.stream().filter(SettingItem::isChanged).forEach(item -> changes.put(item.setting(), item.parsed()));
        return changes;
    }
}
