package dev.storescope.app.panel.storemode;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.SettingKind;
import dev.storescope.engine.api.StoreSetting;
import java.util.Locale;
import java.util.Optional;

/// The numbers of the settings that this panel shows: how they are written and read back.
enum ModeNumber {
    FLUSH_INTERVAL(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, "storeMode.milliseconds"), //
    FLUSH_PAGES(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, "storeMode.pages"), //
    COMMIT_INTERVAL(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, "storeMode.milliseconds"), //
    COMMIT_PAGES(StoreSetting.COMMIT_COMMIT_LOG_LEAST_PAGES, "storeMode.pages");

    private final StoreSetting setting;
    private final String textKey;

    ModeNumber(StoreSetting setting, String textKey) {
        this.setting = setting;
        this.textKey = textKey;
    }

    StoreSetting setting() {
        return setting;
    }

    String write(long value, Texts texts) {
        return texts.get(textKey, Formats.count(value));
    }

    /// Takes what is shown, and the plain number; nothing when it is no number or out of range.
    Optional<Object> parse(String text) {
        String digits = text.replaceAll("[\\s\\u00a0_,]", "").toLowerCase(Locale.ROOT).replaceAll("[^0-9-]+$", "");
        try {
            return Optional.of(setting.kind().parse(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What may be entered.
    String range(Texts texts) {
        return setting.kind() instanceof SettingKind.Whole whole
                ? texts.get("storeMode.range", write(whole.min(), texts), write(whole.max(), texts))
                : setting.kind().range();
    }
}
