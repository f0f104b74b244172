package dev.storescope.app.panel.durability;

import dev.storescope.app.control.StackedBar.Part;
import dev.storescope.app.control.StackedBar.Role;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What would be lost now, if the JVM died and if the power failed. Everything from the positions of one snapshot.
public final class DurabilityViewModel {
    /// The bar keeps its scale so long after it was last needed.
    private static final long KEEP_SCALE_NS = 5_000_000_000L;
    private static final long LEAST_SCALE_BYTES = 64 << 10;
    /// Part of the bar that stays flushed at least, so that the order of the three can be seen.
    private static final double FLUSHED_PART = 0.2;

    private static final long EXACT_BELOW_BYTES = 10_000_000;

    private final Texts texts;
    private final ReadOnlyObjectWrapper<Shown> shown;
    private AtRisk jvmDies = AtRisk.UNKNOWN;
    private AtRisk powerFails = AtRisk.UNKNOWN;
    private long scaleBytes = LEAST_SCALE_BYTES;
    private long scaleNeededAt;

    /// How bad something is.
    enum Verdict {
        UNKNOWN, NOTHING, LOSS
    }

    /// One of the two ways to lose data.
    ///
    /// @param messages how many would go
    /// @param detail how many bytes, and where these are
    /// @param acknowledged how many of the messages were acknowledged
    record Risk(Verdict verdict, String messages, String detail, Verdict broken, String acknowledged) {
    }

    /// What would go, in words for a question.
    record AtRisk(String messages, String acknowledged) {
        private static final AtRisk UNKNOWN = new AtRisk(Formats.UNKNOWN, Formats.UNKNOWN);
    }

    /// Everything that is shown, of one snapshot.
    ///
    /// @param scale what the whole bar stands for
    /// @param promise whether what was acknowledged would be lost
    /// @param why what the mode promises
    record Shown(Risk jvmDies, Risk powerFails, List<Part> bar, double barBytes, String flushed, String committed,
            String wrote, String scale, Verdict broken, String promise, String why) {
    }

    public DurabilityViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown", unknown());
    }

    void update(Frame frame) {
        if (frame.isTextFrame()) {
            shown.set(frame.snapshot().map(snapshot -> write(snapshot, frame.nowNanos())).orElseGet(this::unknown));
        }
    }

    private Shown write(StoreSnapshot snapshot, long nowNanos) {
        LogPositions log = snapshot.log();
        long scale = scale(log.unflushedBytes(), nowNanos);
        long cachedBytes = log.committed().offset() - log.flushed().offset();
        long flushedBytes = Math.max(0, Math.min(scale - log.unflushedBytes(),
                log.flushed().offset() - log.minOffset()));
        List<Part> bar = List.of(new Part(Role.FLUSHED, flushedBytes), new Part(Role.COMMITTED, cachedBytes),
                new Part(Role.WROTE, log.uncommittedBytes()));
        Risk withJvm = jvmDies(log);
        Risk withPower = powerFails(log);
        jvmDies = between(log.committed(), log.wrote());
        powerFails = between(log.flushed(), log.wrote());
        return new Shown(withJvm, withPower, bar, scale, texts.get("durability.flushed"),
                texts.get("durability.committed", Formats.bytes(cachedBytes)),
                texts.get("durability.wrote", Formats.bytes(log.uncommittedBytes())),
                texts.get("durability.scale", Formats.bytes(scale)), withPower.broken,
                promise(withJvm.broken, withPower.broken), why(snapshot));
    }

    private static AtRisk between(LogPosition from, LogPosition to) {
        return new AtRisk(Formats.count(to.messagesSince(from)),
                Formats.count(to.acknowledgedAtAppend() - from.acknowledgedAtAppend()));
    }

    /// As of the last snapshot.
    AtRisk jvmDies() {
        return jvmDies;
    }

    AtRisk powerFails() {
        return powerFails;
    }

    private Risk jvmDies(LogPositions log) {
        String detail = log.uncommittedBytes() == 0
                ? texts.get("durability.jvm.nothing")
                : texts.get("durability.jvm.buffer", bytes(log.uncommittedBytes()));
        return risk(log.uncommittedBytes(), log.committed(), log.wrote(), detail);
    }

    private Risk powerFails(LogPositions log) {
        String detail = log.unflushedBytes() == 0
                ? texts.get("durability.power.nothing")
                : texts.get("durability.power.cache", bytes(log.unflushedBytes()));
        return risk(log.unflushedBytes(), log.flushed(), log.wrote(), detail);
    }

    private Risk risk(long bytes, LogPosition from, LogPosition to, String detail) {
        long acknowledged = to.acknowledgedAtAppend() - from.acknowledgedAtAppend();
        return new Risk(verdict(bytes), messages(to.messagesSince(from)), detail, verdict(acknowledged),
                texts.get("durability.acknowledged", Formats.count(acknowledged)));
    }

    /// Exact as long as there is room for it.
    private static String bytes(long bytes) {
        return bytes < EXACT_BELOW_BYTES ? Formats.exactBytes(bytes) : Formats.bytes(bytes);
    }

    private String promise(Verdict withJvm, Verdict withPower) {
        if (withPower == Verdict.NOTHING) {
            return texts.get("durability.promise.kept");
        }
        return texts.get(withJvm == Verdict.NOTHING ? "durability.promise.power" : "durability.promise.jvm");
    }

    private String why(StoreSnapshot snapshot) {
        var config = snapshot.config();
        if (config.flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return texts.get("durability.why.sync");
        }
        return texts.get(config.transientStorePoolActs() ? "durability.why.pool" : "durability.why.async");
    }

    private String messages(long messages) {
        return messages == 1
                ? texts.get("durability.message", Formats.count(messages))
                : texts.get("durability.messages", Formats.count(messages));
    }

    private static Verdict verdict(long lost) {
        return lost == 0 ? Verdict.NOTHING : Verdict.LOSS;
    }

    /// A power of two that leaves room for some of what is flushed; grows at once, shrinks after a while.
    private long scale(long riskBytes, long nowNanos) {
        long needed = Math.max(LEAST_SCALE_BYTES,
                Long.highestOneBit(Math.max(1, (long) (riskBytes / (1 - FLUSHED_PART)) - 1)) << 1);
        if (needed >= scaleBytes || nowNanos - scaleNeededAt > KEEP_SCALE_NS) {
            scaleBytes = needed;
            scaleNeededAt = nowNanos;
        }
        return scaleBytes;
    }

    private Shown unknown() {
        jvmDies = AtRisk.UNKNOWN;
        powerFails = AtRisk.UNKNOWN;
        var risk = new Risk(Verdict.UNKNOWN, Formats.UNKNOWN, texts.get("durability.unknown"), Verdict.UNKNOWN, "");
        return new Shown(risk, risk, List.of(), 1, texts.get("durability.flushed"),
                texts.get("durability.committed", Formats.UNKNOWN), texts.get("durability.wrote", Formats.UNKNOWN), "",
                Verdict.UNKNOWN, texts.get("durability.promise.unknown"), "");
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
