package dev.storescope.engine.api;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All settings of a store, checked when built, unchangeable after. [StoreSetting] says what each means.
///
/// ```java
/// var config = MessageStoreConfig.builder(directory).set(StoreSetting.FLUSH_DISK_TYPE, SYNC_FLUSH).build();
/// ```
public final class MessageStoreConfig {
    private final Path storePathRootDir;
    private final Map<StoreSetting, Object> values;
    private final List<Long> delayLevelsMs;
    private final Set<Integer> deleteHours;

    private MessageStoreConfig(Path storePathRootDir, Map<StoreSetting, Object> values) {
        this.storePathRootDir = storePathRootDir;
        this.values = new EnumMap<>(values);
        this.delayLevelsMs = parseDelayLevels((String) value(StoreSetting.MESSAGE_DELAY_LEVEL));
        this.deleteHours = parseHours((String) value(StoreSetting.DELETE_WHEN));
    }

    /// @param storePathRootDir the directory that holds everything of the store
    public static Builder builder(Path storePathRootDir) {
        return new Builder(storePathRootDir, Map.of());
    }

    /// A builder that starts from these settings.
    public Builder toBuilder() {
        return new Builder(storePathRootDir, values);
    }

    public Path storePathRootDir() {
        return storePathRootDir;
    }

    public Path storePathCommitLog() {
        return storePathRootDir.resolve("commitlog");
    }

    public Path storePathConsumeQueue() {
        return storePathRootDir.resolve("consumequeue");
    }

    /// The value in force: what was set, else the default. Whole numbers are [Long].
    public Object value(StoreSetting setting) {
        Object set = values.get(setting);
        return set == null ? setting.kind().defaultValue() : set;
    }

    public boolean flag(StoreSetting setting) {
        return (Boolean) value(setting);
    }

    /// A whole number in the setting's own unit.
    public long number(StoreSetting setting) {
        return (Long) value(setting);
    }

    /// A number of milliseconds, as nanoseconds.
    public long nanos(StoreSetting setting) {
        return number(setting) * 1_000_000;
    }

    /// What differs from the defaults, by name.
    public Map<String, String> changedFromDefaults() {
        Map<String, String> changed = new LinkedHashMap<>();
        values.forEach((setting, value) -> {
            if (!value.equals(setting.kind().defaultValue())) {
                changed.put(setting.rocketMqName(), value.toString());
            }
        });
        return changed;
    }

    public long mappedFileSizeCommitLog() {
        return number(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG);
    }

    /// Rounded up to whole entries of 20 bytes, as RocketMQ does.
    public long mappedFileSizeConsumeQueue() {
        return Math.ceilDiv(number(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE), 20L) * 20L;
    }

    public FlushDiskType flushDiskType() {
        return (FlushDiskType) value(StoreSetting.FLUSH_DISK_TYPE);
    }

    public BrokerRole brokerRole() {
        return (BrokerRole) value(StoreSetting.BROKER_ROLE);
    }

    public PutMessageLockKind putMessageLockKind() {
        return flag(StoreSetting.USE_REENTRANT_LOCK_WHEN_PUT_MESSAGE)
                ? PutMessageLockKind.REENTRANT
                : PutMessageLockKind.SPIN;
    }

    /// Whether the pool really acts: it needs async flush and a store that is no slave (RocketMQ
    /// `isTransientStorePoolEnable`; threads 7523 and 6283 tell what happens where it may not).
    public boolean transientStorePoolActs() {
        return poolState() == PoolState.ACTS;
    }

    /// Whether the pool acts, and if not, why.
    public PoolState poolState() {
        if (!flag(StoreSetting.TRANSIENT_STORE_POOL_ENABLE)) {
            return PoolState.OFF;
        }
        if (flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return PoolState.NEEDS_ASYNC_FLUSH;
        }
        return brokerRole() == BrokerRole.SLAVE ? PoolState.NEEDS_MASTER : PoolState.ACTS;
    }

    /// How long each delay level keeps a message back, level 1 first.
    public List<Long> delayLevelsMs() {
        return delayLevelsMs;
    }

    /// The hours of the day at which expired files are deleted, 0 to 23.
    public Set<Integer> deleteHours() {
        return deleteHours;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageStoreConfig config && config.storePathRootDir.equals(storePathRootDir)
                && Stream.of(StoreSetting.values())
                        .allMatch(setting -> value(setting).equals(config.value(setting)));
    }

    @Override
    public int hashCode() {
        return storePathRootDir.hashCode();
    }

    @Override
    public String toString() {
        return "MessageStoreConfig[" + storePathRootDir + " " + changedFromDefaults() + "]";
    }

    private static List<Long> parseDelayLevels(String text) {
        return Stream.of(text.strip().split("\\s+")).map(MessageStoreConfig::parseDelay).toList();
    }

    private static Set<Integer> parseHours(String text) {
        Set<Integer> hours = new TreeSet<>();
        for (String hour : text.strip().split("\\s*;\\s*", -1)) {
            if (!hour.matches("[01]?[0-9]|2[0-3]")) {
                throw new IllegalArgumentException(text);
            }
            hours.add(Integer.parseInt(hour));
        }
        return Collections.unmodifiableSet(hours);
    }

    private static long parseDelay(String level) {
        long unitMs = switch (level.isEmpty() ? ' ' : level.charAt(level.length() - 1)) {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            case 'd' -> 86_400_000;
            default -> throw new IllegalArgumentException(level);
        };
        long delayMs = Math.multiplyExact(Long.parseLong(level.substring(0, level.length() - 1)), unitMs);
        if (delayMs < 0) {
            throw new IllegalArgumentException(level);
        }
        return delayMs;
    }

    /// Whether the transient store pool acts.
    public enum PoolState {
        OFF, ACTS, NEEDS_ASYNC_FLUSH, NEEDS_MASTER
    }

    /// Gathers settings; each value is checked when it is given.
    public static final class Builder {
        private final Path storePathRootDir;
        private final Map<StoreSetting, Object> values = new EnumMap<>(StoreSetting.class);

        private Builder(Path storePathRootDir, Map<StoreSetting, Object> values) {
            this.storePathRootDir = storePathRootDir;
            this.values.putAll(values);
        }

        /// Throws [StoreException] that names the setting, its range and what was given.
        public Builder set(StoreSetting setting, Object value) {
            try {
                Object checked = setting.kind().check(value);
                if (setting == StoreSetting.MESSAGE_DELAY_LEVEL) {
                    parseDelayLevels((String) checked);
                } else if (setting == StoreSetting.DELETE_WHEN) {
                    parseHours((String) checked);
                }
                values.put(setting, checked);
                return this;
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw wrongValue(setting, String.valueOf(value), e);
            }
        }

        /// Sets by RocketMQ's name and text, as `--set name=value` does.
        public Builder set(String rocketMqName, String text) {
            StoreSetting setting = StoreSetting.named(rocketMqName)
                    .orElseThrow(() -> new StoreException(
                            "setting %s: no such setting; known are %s".formatted(rocketMqName, knownNames())));
            try {
                return set(setting, setting.kind().parse(text));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw wrongValue(setting, text, e);
            }
        }

        public Builder directory(Path directory) {
            return new Builder(directory, values);
        }

        public MessageStoreConfig build() {
            return new MessageStoreConfig(storePathRootDir.toAbsolutePath().normalize(), values);
        }

        private static StoreException wrongValue(StoreSetting setting, String given, Exception cause) {
            return new StoreException("setting %s: expected %s, found %s".formatted(setting.rocketMqName(),
                    setting.kind().range(), given.isEmpty() ? "nothing" : given), cause);
        }

        private static String knownNames() {
            return Stream.of(StoreSetting.values()).map(StoreSetting::rocketMqName).sorted().toList().toString();
        }
    }
}
