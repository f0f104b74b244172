package dev.storescope.app.panel.dispatch;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.RateMeter;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// How far `ReputMessageService` follows the log. Everything from one snapshot.
public final class DispatchViewModel {
    /// The line keeps its scale so long after it was last needed.
    private static final long KEEP_SCALE_NS = 5_000_000_000L;
    private static final long LEAST_SCALE_BYTES = 64 << 10;
    /// Part of the line that is dispatched and flushed at least, so that the order can be seen.
    private static final double SETTLED_PART = 0.25;

    private final Texts texts;
    private final RateMeter rate = new RateMeter();
    private final ReadOnlyObjectWrapper<Shown> shown;
    private final ReadOnlyObjectWrapper<Line> line = new ReadOnlyObjectWrapper<>(this, "line", Line.NOTHING);
    private long generation;
    private long scaleBytes = LEAST_SCALE_BYTES;
    private long scaleNeededAt;

    /// What is written.
    ///
    /// @param failed whether entries could not be put
    record Shown(String reput, String limit, String wrote, String behind, boolean isBehind, String perSecond,
            String records, String gaps, boolean failed, String rule, String scale) {
    }

    /// What is drawn: the end of the log. Offsets are bytes from its start.
    ///
    /// @param from left end of the line; may be before the start of the log
    record Line(long from, long to, long begin, long reput, long limit, long flushed, long committed, long wrote) {
        static final Line NOTHING = new Line(0, 0, 0, 0, 0, 0, 0, 0);
    }

    public DispatchViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown", unknown());
    }

    void update(Frame frame) {
        if (frame.generation() != generation) {
            generation = frame.generation();
            rate.reset();
        }
        line.set(frame.snapshot().map(snapshot -> line(snapshot, frame.nowNanos())).orElse(Line.NOTHING));
        frame.snapshot().ifPresent(snapshot -> rate.add(snapshot.takenAtNanos(), snapshot.dispatch().records()));
        if (frame.isTextFrame()) {
            shown.set(frame.snapshot().map(this::write).orElseGet(this::unknown));
        }
    }

    private Line line(StoreSnapshot snapshot, long nowNanos) {
        LogPositions log = snapshot.log();
        DispatchSnapshot dispatch = snapshot.dispatch();
        long wrote = log.wrote().offset();
        // The dispatch is read after the log's pointers, and may have gone on.
        long reput = Math.min(dispatch.reputFromOffset(), wrote);
        long unsettled = wrote - Math.min(reput, log.flushed().offset());
        long span = scale(unsettled, nowNanos);
        return new Line(wrote - span, wrote, log.minOffset(), reput, Math.min(dispatch.limit(), wrote),
                log.flushed().offset(), log.committed().offset(), wrote);
    }

    /// A power of two that leaves room for some of what is settled; grows at once, shrinks after a while.
    private long scale(long unsettledBytes, long nowNanos) {
        long needed = Math.max(LEAST_SCALE_BYTES,
                Long.highestOneBit(Math.max(1, (long) (unsettledBytes / (1 - SETTLED_PART)) - 1)) << 1);
        if (needed >= scaleBytes || nowNanos - scaleNeededAt > KEEP_SCALE_NS) {
            scaleBytes = needed;
            scaleNeededAt = nowNanos;
        }
        return scaleBytes;
    }

    private Shown write(StoreSnapshot snapshot) {
        DispatchSnapshot dispatch = snapshot.dispatch();
        return new Shown(Formats.count(dispatch.reputFromOffset()), Formats.count(dispatch.limit()),
                Formats.count(snapshot.log().wrote().offset()), Formats.bytes(dispatch.behindBytes()),
                dispatch.behindBytes() > 0, rate.perSecond()
                        .stream()
                        .mapToObj(Formats::perSecond)
                        .findFirst()
                        .orElse(Formats.UNKNOWN),
                Formats.count(dispatch.records()), Formats.count(dispatch.gaps()), dispatch.gaps() > 0,
                rule(snapshot), texts.get("dispatch.scale", Formats.bytes(scaleBytes)));
    }

    private String rule(StoreSnapshot snapshot) {
        if (snapshot.config().flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return texts.get("dispatch.rule.sync");
        }
        return texts.get(snapshot.config().transientStorePoolActs() ? "dispatch.rule.pool" : "dispatch.rule.async");
    }

    private Shown unknown() {
        String none = Formats.UNKNOWN;
        return new Shown(none, none, none, none, false, none, none, none, false, "", "");
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Line> lineProperty() {
        return line.getReadOnlyProperty();
    }
}
