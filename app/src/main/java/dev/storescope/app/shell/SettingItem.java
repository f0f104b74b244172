package dev.storescope.app.shell;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SettingKind;
import dev.storescope.engine.api.SettingKind.Unit;
import dev.storescope.engine.api.StoreSetting;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// One setting of the store with what was entered for it. Numbers are entered as text, so that `64M` can be said.
final class SettingItem {
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
        return switch (setting.kind()) {
            case SettingKind.Whole whole -> whole.parse(value.get().toString().replaceAll("[\\s\\u00a0_]", ""));
            case SettingKind.Text text -> text.parse(value.get().toString());
            case SettingKind.Flag _,SettingKind.Choice _ -> setting.kind().check(value.get());
        };
    }

    private Optional<Object> entered() {
        try {
            return Optional.of(parsed());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    boolean isValid() {
        return entered().isPresent();
    }

    /// Whether something else was entered than what the store runs with.
    boolean isChanged() {
        return !entered().equals(Optional.of(inForce));
    }

    boolean isDefault() {
        return entered().equals(Optional.of(setting.kind().defaultValue()));
    }

    /// Whether a store that is there already can have another value.
    boolean canChange() {
        return switch (setting.change()) {
            case RESTART -> true;
            case NEW_STORE -> false;
        };
    }

    void setToDefault() {
        value.set(shown(setting.kind().defaultValue()));
    }

    /// What was entered: text for numbers and texts, else a value of the setting.
    ObjectProperty<Object> valueProperty() {
        return value;
    }

    // --- in words ---

    String name() {
        return setting.rocketMqName();
    }

    String group() {
        return texts.get("setting.group." + setting.group());
    }

    /// What it does, what it takes, what it is by default, and what a change needs.
    String description() {
        return whatItDoes() + "\n\n" + range() + "\n"
                + texts.get("setting.default", written(setting.kind().defaultValue())) + "\n"
                + texts.get("setting.change." + setting.change());
    }

    private String whatItDoes() {
        return texts.get("setting." + name());
    }

    /// Whether all words occur in what is known of it.
    boolean matches(String words) {
        String all = (name() + " " + group() + " " + whatItDoes()).toLowerCase(Locale.ROOT);
        return Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
    }

    /// What the number counts, and of bytes how many that are; "" for what is no number.
    String unit() {
        if (!(setting.kind() instanceof SettingKind.Whole whole)) {
            return "";
        }
        String unit = texts.get("setting.unit." + whole.unit());
        return whole.unit() == Unit.BYTES && isValid()
                ? texts.get("setting.unit.bytesAre", unit, Formats.bytes((Long) parsed()))
                : unit;
    }

    /// How the value stands to the default and to what holds now, or why it cannot be another.
    String note() {
        if (!canChange()) {
            return texts.get("setting.note.newStore", written(setting.kind().defaultValue()));
        }
        String byDefault = isDefault()
                ? texts.get("setting.note.isDefault")
                : texts.get("setting.note.default", written(setting.kind().defaultValue()));
        return isChanged() ? texts.get("setting.note.was", written(inForce), byDefault) : byDefault;
    }

    /// What is wrong with what was entered; "" while nothing is.
    String problem() {
        return isValid() ? "" : texts.get("setting.wrong", range(), value.get());
    }

    private String written(Object stored) {
        return switch (setting.kind()) {
            case SettingKind.Whole whole -> number(whole, (Long) stored);
            case SettingKind.Flag _ -> texts.get((Boolean) stored ? "setting.on" : "setting.off");
            case SettingKind.Choice _,SettingKind.Text _ -> stored.toString();
        };
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
            case SettingKind.Text _ -> texts.get("setting.range." + name());
        };
    }

    private String number(SettingKind.Whole whole, long amount) {
        return switch (whole.unit()) {
            case BYTES -> Formats.bytes(amount);
            case MILLISECONDS -> Formats.count(amount) + "\u00a0ms";
            case HOURS -> texts.get("setting.hours", Formats.count(amount));
            case PERCENT -> Formats.count(amount) + "\u00a0%";
            case PAGES -> texts.get("setting.pages", Formats.count(amount));
            case COUNT -> Formats.count(amount);
        };
    }

    private static Object shown(Object stored) {
        return stored instanceof Long number ? number.toString() : stored;
    }
}
