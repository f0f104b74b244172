package dev.storescope.app.shell;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SettingKind;
import dev.storescope.engine.api.StoreSetting;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.controlsfx.control.PropertySheet;

/// One setting of the store as a line of the sheet. Numbers are edited as text, so that `64M` can be said.
final class SettingItem implements PropertySheet.Item {
    private final StoreSetting setting;
    private final Texts texts;
    private final Object inForce;
    private final ObjectProperty<Object> value;

    SettingItem(StoreSetting setting, MessageStoreConfig config, Texts texts) {
        this.setting = setting;
        this.texts = texts;
        this.inForce = config.value(setting);
        this.value = new SimpleObjectProperty<>(this, "value", shown(inForce));
    }

    StoreSetting setting() {
        return setting;
    }

    /// What was entered; throws [IllegalArgumentException] when it is out of range.
    Object parsed() {
        Object entered = value.get();
        return entered instanceof String text ? setting.kind().parse(text) : setting.kind().check(entered);
    }

    boolean isChanged() {
        try {
            return !parsed().equals(inForce);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return true;
        }
    }

    boolean isValid() {
        try {
            parsed();
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    void setToDefault() {
        value.set(shown(setting.kind().defaultValue()));
    }

    @Override
    public Class<?> getType() {
        return switch (setting.kind()) {
            case SettingKind.Flag _ -> Boolean.class;
            case SettingKind.Whole _,SettingKind.Text _ -> String.class;
            case SettingKind.Choice choice -> choice.byDefault().getDeclaringClass();
        };
    }

    @Override
    public String getCategory() {
        return texts.get("setting.group." + setting.group());
    }

    @Override
    public String getName() {
        return setting.rocketMqName();
    }

    /// What it does, what it takes, what it is by default, and what a change needs.
    @Override
    public String getDescription() {
        return texts.get("setting." + setting.rocketMqName()) + "\n\n" + range() + "\n"
                + texts.get("setting.default", shown(setting.kind().defaultValue())) + "\n"
                + texts.get("setting.change." + setting.change());
    }

    String range() {
        return switch (setting.kind()) {
            case SettingKind.Flag _ -> texts.get("setting.range.flag");
            case SettingKind.Whole whole -> {
                String bounds = texts.get("setting.range.whole", number(whole, whole.min()),
                        number(whole, whole.max()));
                yield whole.multipleOf() == 1
                        ? bounds
                        : bounds + texts.get("setting.range.multiple", number(whole, whole.multipleOf()));
            }
            case SettingKind.Choice choice -> texts.get("setting.range.choice", choice.range());
            case SettingKind.Text text -> texts.get("setting.range.text", text.form());
        };
    }

    private String number(SettingKind.Whole whole, long amount) {
        return switch (whole.unit()) {
            case BYTES -> Formats.bytes(amount);
            case MILLISECONDS -> Formats.count(amount) + " ms";
            case PAGES -> texts.get("setting.pages", Formats.count(amount));
            case COUNT -> Formats.count(amount);
        };
    }

    private static Object shown(Object stored) {
        return stored instanceof Long number ? number.toString() : stored;
    }

    @Override
    public Object getValue() {
        return value.get();
    }

    @Override
    public void setValue(Object entered) {
        value.set(entered);
    }

    @Override
    public Optional<ObservableValue<?>> getObservableValue() {
        return Optional.of(value);
    }
}
