package dev.storescope.app.panel.load;

import dev.storescope.app.pulse.Rates;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import java.util.Optional;
import java.util.OptionalDouble;

/// Puts into words how the load is doing.
final class LoadStatus {
    private static final String NO_BREAK_SPACE = "\u00a0";
    private static final double BEHIND_SECONDS = 0.1;

    private final Texts texts;

    /// @param accepted messages a second while it runs, all of them after
    /// @param acceptedName what that number is
    /// @param line what it does, or why it ended
    record Shown(String accepted, String acceptedName, Count refused, Count missed, String line) {
    }

    /// @param isAny whether there is something to worry about
    record Count(String text, boolean isAny) {
        static Count of(long number) {
            return new Count(Formats.count(number), number > 0);
        }
    }

    LoadStatus(Texts texts) {
        this.texts = texts;
    }

    Shown write(Optional<LoadSnapshot> load, Rates rates) {
        if (load.isEmpty()) {
            return new Shown(Formats.UNKNOWN, texts.get("load.acceptedPerSecond"), unknown(), unknown(),
                    texts.get("load.ready"));
        }
        LoadSnapshot now = load.get();
        boolean ended = now.state() == LoadState.ENDED;
        OptionalDouble rate = rates.accepted();
        String running = rate.isPresent() ? Formats.perSecond(rate.getAsDouble()) : Formats.UNKNOWN;
        return new Shown(ended ? Formats.count(now.acknowledged()) : running,
                texts.get(ended ? "load.accepted" : "load.acceptedPerSecond"), Count.of(now.refused()),
                Count.of(now.missed()), line(now));
    }

    private String line(LoadSnapshot now) {
        return switch (now.state()) {
            case READY -> texts.get("load.ready");
            case RUNNING -> running(now);
            case STOPPING -> texts.get("load.stopping", Formats.count(now.activeProducers()));
            case ENDED -> now.end().map(end -> ended(end, now.spec())).orElse("");
        };
    }

    private String running(LoadSnapshot now) {
        String elapsed = seconds(now.elapsedNs());
        return isBehind(now)
                ? texts.get("load.runningBehind", elapsed, Formats.count(now.acknowledged()),
                        Formats.count(now.backlog()))
                : texts.get("load.running", elapsed, Formats.count(now.acknowledged()));
    }

    /// A message or two that wait for a producer are no more than chance.
    private static boolean isBehind(LoadSnapshot now) {
        return now.backlog() > Math.max(now.activeProducers(), now.intendedPerSecond().orElse(0) * BEHIND_SECONDS);
    }

    private String ended(LoadEnd end, LoadSpec spec) {
        LoadLimits limits = spec.limits();
        return switch (end.cause()) {
            case STOPPED -> texts.get("load.end.stopped");
            case MESSAGES_SENT -> texts.get("load.end.messages", Formats.count(limits.messages()));
            case TIME_OVER -> texts.get("load.end.time", Formats.duration(limits.durationNs()));
            case LOG_LENGTH_REACHED -> texts.get("load.end.length", Formats.bytes(limits.logBytes()));
            case DISK_NEARLY_FULL -> texts.get("load.end.disk", Formats.percent(limits.minFreeDiskRatio()));
            case STORE_REFUSES -> texts.get("load.end.refused", end.reason());
            case FAILED -> texts.get("load.end.failed", end.reason());
        };
    }

    /// Whole seconds: a tenth that flickers says nothing.
    private static String seconds(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return seconds < 100 ? seconds + NO_BREAK_SPACE + "s" : Formats.duration(nanos);
    }

    private static Count unknown() {
        return new Count(Formats.UNKNOWN, false);
    }
}
