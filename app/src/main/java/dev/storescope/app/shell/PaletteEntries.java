package dev.storescope.app.shell;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.StoreSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javafx.scene.input.KeyCombination;

/// What the command palette finds: every action, every setting, every scenario that comes with the program, and the message at an offset or of an id.
///
/// All words typed must occur in the entry, in any order; those whose title begins with them come first.
final class PaletteEntries {
    private static final Pattern OFFSET = Pattern.compile("\\d{1,19}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[0-9A-F]{32}|[0-9A-F]{56}");

    private final Texts texts;
    private final Actions actions;
    private final Consumer<StoreSetting> showSetting;
    private final LongConsumer goToOffset;
    private final Supplier<List<Entry>> scenarios;

    /// @param scenarios that come with the program
    PaletteEntries(Texts texts, Actions actions, Consumer<StoreSetting> showSetting, LongConsumer goToOffset,
            Supplier<List<Entry>> scenarios) {
        this.texts = texts;
        this.actions = actions;
        this.showSetting = showSetting;
        this.goToOffset = goToOffset;
        this.scenarios = scenarios;
    }

    List<Entry> find(String typed) {
        List<String> words = List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        var found = new ArrayList<Entry>();
        offsetIn(typed).ifPresent(offset -> found.add(new Entry(texts.get("palette.goTo", Formats.count(offset)),
                texts.get("palette.goTo.detail"), "", () -> goToOffset.accept(offset))));
        var rest = new ArrayList<Entry>();
        for (Entry entry : all()) {
            String haystack = (entry.title() + " " + entry.detail()).toLowerCase(Locale.ROOT);
            if (words.stream().allMatch(haystack::contains)) {
                boolean first = entry.title().toLowerCase(Locale.ROOT).startsWith(words.getFirst());
                (first ? found : rest).add(entry);
            }
        }
        found.addAll(rest);
        return found;
    }

    private List<Entry> all() {
        var all = new ArrayList<Entry>();
        for (ActionId id : ActionId.values()) {
            if (id != ActionId.PALETTE && !actions.disabledProperty(id).get()) {
                all.add(new Entry(texts.get(id.textKey()), texts.get(id.helpKey()),
                        id.shortcut().map(KeyCombination::getDisplayText).orElse(""), () -> actions.run(id)));
            }
        }
        all.addAll(scenarios.get());
        for (StoreSetting setting : StoreSetting.values()) {
            all.add(new Entry(setting.rocketMqName(), texts.get("setting." + setting.rocketMqName()),
                    texts.get("palette.setting"), () -> showSetting.accept(setting)));
        }
        return all;
    }

    /// The offset that is meant: digits, grouped or not, or the one that a message id holds.
    static Optional<Long> offsetIn(String typed) {
        String compact = typed.replaceAll("[\\s\u00a0_,]", "").toUpperCase(Locale.ROOT);
        if (MESSAGE_ID.matcher(compact).matches()) {
            long offset = MessageId.parse(compact).commitLogOffset();
            return offset < 0 ? Optional.empty() : Optional.of(offset);
        }
        if (OFFSET.matcher(compact).matches()) {
            try {
                return Optional.of(Long.parseLong(compact));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// A line of the palette.
    ///
    /// @param mark a shortcut, or what kind of thing it is
    record Entry(String title, String detail, String mark, Runnable run) {
    }
}
