package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.file.StoreStatsService.Totals;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.FlushManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The store's figures by the names that RocketMQ gives them.
///
/// Threads: any; [#begin()] by the store's owner.
final class RuntimeInfo {
    private static final long NS_PER_SECOND = 1_000_000_000;
    /// What RocketMQ writes when it cannot tell.
    private static final String UNKNOWN_RATIO = "-1";

    private final StoreEnvironment environment;
    private final MessageStoreConfig config;
    private final CommitLog log;
    private final FlushManager flushManager;
    private final StoreStatsService stats;
    // Written by the owner, read by any.
    private volatile long beganMillis;
    private volatile long beganNanos;

    RuntimeInfo(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, FlushManager flushManager,
            StoreStatsService stats) {
        this.environment = environment;
        this.config = config;
        this.log = log;
        this.flushManager = flushManager;
        this.stats = stats;
        begin();
    }

    /// The store starts now.
    void begin() {
        beganMillis = environment.currentTimeMillis();
        beganNanos = environment.nanoTime();
    }

    Map<String, String> runtimeInfo() {
        Map<String, String> info = ofStats();
        info.put("commitLogDiskRatio", diskRatio(config.storePathCommitLog()));
        info.put("consumeQueueDiskRatio", diskRatio(config.storePathConsumeQueue()));
        info.put("commitLogMinOffset", Long.toString(log.files().minOffset()));
        info.put("commitLogMaxOffset", Long.toString(log.maxOffset()));
        return info;
    }

    String runningDataInfo() {
        return ofStats().entrySet()
                .stream()
                .map(entry -> "\t%s: %s\n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private Map<String, String> ofStats() {
        long messages = flushManager.positions(log.files().minOffset()).wrote().messages();
        Counters counters = stats.counters(messages, 0, environment.probe().putSamplingInterval(),
                environment.probe().dropped());
        Map<String, String> info = new LinkedHashMap<>();
        info.put("bootTimestamp", Long.toString(beganMillis));
        info.put("runtime", runtime());
        info.put("putMessageEntireTimeMax", Long.toString(stats.putTimes().maxMs()));
        info.put("putMessageTimesTotal", Long.toString(messages));
        info.put("putMessageFailedTimes", Long.toString(counters.failedPuts()));
        info.put("putMessageSizeTotal", Long.toString(counters.messageBytes()));
        info.put("putMessageDistributeTime", stats.putTimes().text());
        info.put("putMessageAverageSize", messages == 0
                ? "0.0"
                : String.format(Locale.ROOT, "%.1f", (double) counters.messageBytes() / messages));
        Totals totals = stats.totals(environment.nanoTime());
        info.put("getMessageTimesTotalFound", Long.toString(totals.getsFound()));
        info.put("getMessageTimesTotalMiss", Long.toString(totals.getsMissed()));
        info.put("getMessageTransferredMsgCount", Long.toString(totals.messagesGot()));
        info.putAll(stats.rates());
        return info;
    }

    /// As RocketMQ writes it.
    private String runtime() {
        long seconds = (environment.nanoTime() - beganNanos) / NS_PER_SECOND;
        return "[ %d days, %d hours, %d minutes, %d seconds ]".formatted(seconds / 86_400, seconds / 3_600 % 24,
                seconds / 60 % 60, seconds % 60);
    }

    private String diskRatio(Path directory) {
        try {
            return String.format(Locale.ROOT, "%.4f", environment.disk().space(directory).usedRatio());
        } catch (IOException e) {
            return UNKNOWN_RATIO;
        }
    }
}
