package dev.storescope.app.panel.load;

import dev.storescope.app.pulse.Rates;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.util.Optional;
import java.util.OptionalDouble;

/// Puts into words how the load is doing.
final class LoadStatus {
    private static final double BEHIND_SECONDS = 0.1;

    private final Texts texts;

    /// @param accepted messages a second while it runs, all of them after
    /// @param acceptedName what that number is
    /// @param missed nothing in a closed loop, where no message has a moment that it could miss
    /// @param line what it does, or why it ended
    record Shown(String accepted, String acceptedName, Count refused, Optional<Count> missed, String line) {
        Shown withLine(String other) {
            return new Shown(accepted, acceptedName, refused, missed, other);
        }
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

    /// @param spec as it is shown, though the load may not have it yet
    Shown write(Optional<LoadSnapshot> load, LoadSpec spec, Rates rates) {
        if (load.isEmpty()) {
            return new Shown(Formats.UNKNOWN, texts.get("load.acceptedPerSecond"), unknown(),
                    isClosed(spec) ? Optional.empty() : Optional.of(unknown()), texts.get("load.ready"));
        }
        LoadSnapshot now = load.get();
        boolean ended = now.state() == LoadState.ENDED;
        OptionalDouble rate = rates.accepted();
        String running = rate.isPresent() ? Formats.perSecond(rate.getAsDouble()) : Formats.UNKNOWN;
        return new Shown(ended ? Formats.count(now.acknowledged()) : running,
                texts.get(ended ? "load.accepted" : "load.acceptedPerSecond"), Count.of(now.refused()),
                isClosed(spec) ? Optional.empty() : Optional.of(Count.of(now.missed())), line(now, spec));
    }

    private static boolean isClosed(LoadSpec spec) {
        return spec.pacing() instanceof Pacing.ClosedLoop;
    }

    /// What was missed before the loop was closed is not forgotten.
    private String line(LoadSnapshot now, LoadSpec spec) {
        return isClosed(spec) && now.missed() > 0
                ? texts.get("load.missedBefore", line(now), Formats.count(now.missed()))
                : line(now);
    }

    private String line(LoadSnapshot now) {
        return switch (now.state()) {
            case READY -> texts.get("load.ready");
            case RUNNING -> running(now);
            case STOPPING -> texts.get("load.stopping", Formats.count(now.activeProducers()));
            case ENDED -> now.end().map(this::ended).orElse("");
        };
    }

    private String running(LoadSnapshot now) {
        String elapsed = Formats.elapsed(now.elapsedNs());
        return isBehind(now)
                ? texts.get("load.runningBehind", elapsed, Formats.count(now.acknowledged()),
                        Formats.count(now.backlog()))
                : texts.get("load.running", elapsed, Formats.count(now.acknowledged()));
    }

    /// A message or two that wait for a producer are no more than chance.
    private static boolean isBehind(LoadSnapshot now) {
        return now.backlog() > Math.max(now.activeProducers(), now.intendedPerSecond().orElse(0) * BEHIND_SECONDS);
    }

    private String ended(LoadEnd end) {
        return switch (end) {
            case LoadEnd.Stopped _ -> texts.get("load.end.stopped");
            case LoadEnd.MessagesSent(long messages) -> texts.get("load.end.messages", Formats.count(messages));
            case LoadEnd.TimeOver(long durationNs) -> texts.get("load.end.time", Formats.duration(durationNs));
            case LoadEnd.LogLengthReached(long limitBytes) -> texts.get("load.end.length", Formats.bytes(limitBytes));
            case LoadEnd.DiskNearlyFull(var _, double _, long freeBytes, double minFreeRatio) ->
                    texts.get("load.end.disk", Formats.percent(minFreeRatio), Formats.bytes(freeBytes));
            case LoadEnd.StoreNotOpen _ -> texts.get("load.end.notOpen");
            case LoadEnd.StoreBroken(String notWriteable) -> texts.get("load.end.refused", notWriteable);
            case LoadEnd.ThreadFailed(String thread, String failure) ->
                    texts.get("load.end.failed", thread, failure);
            case LoadEnd.DiskSpaceUnknown(var _, String failure) -> texts.get("load.end.diskUnknown", failure);
        };
    }

    private static Count unknown() {
        return new Count(Formats.UNKNOWN, false);
    }
}
