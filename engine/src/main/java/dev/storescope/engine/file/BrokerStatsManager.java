package dev.storescope.engine.file;

import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.env.StoreClock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Numbers by topic and consumer group (RocketMQ `BrokerStatsManager`). Sampled by [StatsService].
///
/// Threads: [#messagePut] by the one that dispatches, the rest by any.
public final class BrokerStatsManager implements BrokerStats {
    private static final char GROUP_SEPARATOR = '@';

    private final StoreClock clock;
    private final Map<Kind, Map<String, StatsItem>> items = new EnumMap<>(Kind.class);
    /// By topic and group: a read makes no text.
    private final Map<String, Map<String, String>> keys = new ConcurrentHashMap<>();

    /// What a put counts in, found by its topic at once.
    private final Map<String, PutItems> puts = new ConcurrentHashMap<>();

    private record PutItems(StatsItem nums, StatsItem sizes, StatsItem ofBroker) {
    }

    public BrokerStatsManager(StoreClock clock) {
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            items.put(kind, new ConcurrentHashMap<>());
        }
    }

    /// Counts a message that is in the log.
    public void messagePut(String topic, int sizeBytes) {
        PutItems put = puts.get(topic);
        if (put == null) {
            put = puts.computeIfAbsent(topic, this::newPutItems);
        }
        put.nums.addAlone(1, 1);
        put.sizes.addAlone(sizeBytes, 1);
        put.ofBroker.addAlone(1, 1);
    }

    private PutItems newPutItems(String topic) {
        return new PutItems(item(Kind.TOPIC_PUT_NUMS, topic), item(Kind.TOPIC_PUT_SIZE, topic),
                item(Kind.BROKER_PUT_NUMS, BROKER));
    }

    /// Counts messages that a consumer group got at once.
    public void messagesGot(String group, String topic, int messages, long bytes) {
        String key = knownKey(group, topic);
        item(Kind.GROUP_GET_NUMS, key).add(messages, 1);
        item(Kind.GROUP_GET_SIZE, key).add(bytes, 1);
        item(Kind.BROKER_GET_NUMS, BROKER).add(messages, 1);
    }

    /// Forgets a topic that was deleted.
    public void onTopicDeleted(String topic) {
        // In one step with what is found by the topic: else a put in between would go on counting where nobody looks.
        puts.compute(topic, (name, known) -> {
            items.get(Kind.TOPIC_PUT_NUMS).remove(name);
            items.get(Kind.TOPIC_PUT_SIZE).remove(name);
            return null;
        });
        keys.remove(topic);
        String prefix = topic + GROUP_SEPARATOR;
        items.get(Kind.GROUP_GET_NUMS).keySet().removeIf(key -> key.startsWith(prefix));
        items.get(Kind.GROUP_GET_SIZE).keySet().removeIf(key -> key.startsWith(prefix));
    }

    @Override
    public Optional<Growth> growth(Kind kind, String key) {
        return Optional.ofNullable(items.get(kind).get(key)).map(StatsItem::growth);
    }

    @Override
    public Map<String, Growth> growths(Kind kind) {
        Map<String, Growth> sorted = new TreeMap<>();
        items.get(kind).forEach((key, item) -> sorted.put(key, item.growth()));
        return sorted;
    }

    @Override
    public double tpsGroupGetNums(String group, String topic) {
        return growth(Kind.GROUP_GET_NUMS, key(group, topic)).map(growth -> growth.minute().tps()).orElse(0.0);
    }

    void sample(BiConsumer<StatsItem, Long> how) {
        long now = clock.nanoTime();
        items.values().forEach(byKey -> byKey.values().forEach(item -> how.accept(item, now)));
    }

    private StatsItem item(Kind kind, String key) {
        Map<String, StatsItem> byKey = items.get(kind);
        StatsItem item = byKey.get(key);
        return item == null ? byKey.computeIfAbsent(key, unused -> newItem()) : item;
    }

    private StatsItem newItem() {
        StatsItem item = new StatsItem();
        item.begin(clock.nanoTime());
        return item;
    }

    private String knownKey(String group, String topic) {
        Map<String, String> byGroup = keys.get(topic);
        String key = byGroup == null ? null : byGroup.get(group);
        return key == null
                ? keys.computeIfAbsent(topic, unused -> new ConcurrentHashMap<>())
                        .computeIfAbsent(group, unused -> key(group, topic))
                : key;
    }

    private static String key(String group, String topic) {
        return topic + GROUP_SEPARATOR + group;
    }
}
