package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Entry;
import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings of a store by RocketMQ's names, as in `--set`.
final class SettingFields {
    private static final List<String> NAMES = Arrays.stream(StoreSetting.values())
            .map(StoreSetting::rocketMqName)
            .sorted()
            .toList();

    private SettingFields() {
    }

    /// @param base what holds where nothing is said
    static MessageStoreConfig read(YamlNode node, String path, Problems problems, MessageStoreConfig base) {
        Optional<Fields> fields = Fields.of(node, path, problems, "settings, such as 'flushDiskType: SYNC_FLUSH'");
        if (fields.isEmpty()) {
            return base;
        }
        MessageStoreConfig.Builder builder = base.toBuilder();
        for (Entry entry : fields.get().entries()) {
            read(entry, fields.get().path(Shortened.text(entry.name())), problems, builder);
        }
        return builder.build();
    }

    private static void read(Entry entry, String path, Problems problems, MessageStoreConfig.Builder builder) {
        Optional<StoreSetting> setting = StoreSetting.named(entry.name());
        if (setting.isEmpty()) {
            problems.add(entry.place(), path, "a setting of the store by RocketMQ's name", "no such name",
                    NearestWord.hint(entry.name(), NAMES));
            return;
        }
        String expected = setting.get().kind().range();
        if (!(entry.value() instanceof Scalar(var place, String text))) {
            problems.add(entry.value().place(), path, expected, entry.value().kind());
            return;
        }
        try {
            builder.set(setting.get().rocketMqName(), text);
        } catch (StoreException e) {
            problems.add(place, path, expected, entry.value().kind());
        }
    }

    /// What differs from `base`.
    static Map<String, Object> write(MessageStoreConfig config, MessageStoreConfig base) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (StoreSetting setting : StoreSetting.values()) {
            if (!config.value(setting).equals(base.value(setting))) {
                settings.put(setting.rocketMqName(), config.value(setting).toString());
            }
        }
        return settings;
    }
}
