package dev.storescope.app.panel.allocator;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.AllocatorSnapshot;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The next files of the log, who waits for one, and the buffers of the pool. Everything of one snapshot.
public final class AllocatorViewModel {
    /// The allocator is asked for the next file and the one after it.
    static final int ROWS = 2;
    private static final int NAME_DIGITS = 10;

    private final Texts texts;
    private final ReadOnlyObjectWrapper<Shown> shown;
    private final ReadOnlyObjectWrapper<Moves> moves = new ReadOnlyObjectWrapper<>(this, "moves", Moves.NONE);

    /// How something stands, for its colour.
    enum Tone {
        FAINT, PLAIN, BUSY, BAD
    }

    /// A line with a verdict.
    record Line(String text, Tone tone) {
    }

    /// A file that was asked for.
    ///
    /// @param name the last digits of its name
    /// @param wholeName all 20 digits, "" when there is no request
    record Row(String name, String wholeName, Line state) {
    }

    /// What moves between two text frames.
    ///
    /// @param rows how far the making of each file has come, 0 to 1; NaN while nobody makes it, or how long that takes is not
    ///     known
    /// @param lent buffers that are lent; a part of one while it is seen going out or coming back
    record Moves(List<Double> rows, double lent) {
        static final Moves NONE = new Moves(List.of(), Double.NaN);
    }

    /// Everything that is shown, of one snapshot.
    ///
    /// @param waiting how an append waits for its file, or how long the last one did
    /// @param waited 0 to 1 of the time that an append waits at most; 0 while none does
    /// @param gate whether files can be made
    /// @param buffers of the pool
    /// @param free of them
    /// @param pool the pool in words
    /// @param shortage what the pool has fallen short of; "" while every file got a buffer
    /// @param poolHelp which files have a buffer, or why the pool does not act
    record Shown(List<Row> rows, Line hits, Line waiting, double waited, Line gate, int buffers, int free, Line pool,
            String shortage, String poolHelp) {
        Shown {
            rows = List.copyOf(rows);
        }
    }

    public AllocatorViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown", unknown());
    }

    void update(Frame frame) {
        moves.set(frame.motion().showsSingle()
                ? frame.snapshot()
                        .map(snapshot -> new AllocatorMotion(frame.trace().recording(), frame.motion()).of(snapshot))
                        .orElse(Moves.NONE)
                : Moves.NONE);
        if (frame.isTextFrame()) {
            shown.set(frame.snapshot().map(this::write).orElseGet(this::unknown));
        }
    }

    private Shown write(StoreSnapshot snapshot) {
        AllocatorSnapshot allocator = snapshot.allocator();
        PoolSnapshot pool = snapshot.pool();
        return new Shown(rows(allocator, snapshot.takenAtNanos()), hits(allocator),
                wait(allocator, snapshot.takenAtNanos()), waited(allocator, snapshot.takenAtNanos()), gate(allocator),
                pool.buffers(), pool.free(), pool(pool), shortage(snapshot), poolHelp(pool));
    }

    private List<Row> rows(AllocatorSnapshot allocator, long nowNanos) {
        List<Row> rows = new ArrayList<>();
        for (AllocationRequest request : allocator.requests()) {
            if (rows.size() < ROWS) {
                String name = Formats.fileName(request.fromOffset());
                rows.add(new Row("…" + name.substring(name.length() - NAME_DIGITS), name, state(request, nowNanos)));
            }
        }
        while (rows.size() < ROWS) {
            rows.add(new Row(texts.get("allocator.none"), "", new Line("", Tone.FAINT)));
        }
        return rows;
    }

    private Line state(AllocationRequest request, long nowNanos) {
        return switch (request.state()) {
            case QUEUED -> new Line(texts.get("allocator.queued"), Tone.PLAIN);
            case MAPPING -> new Line(
                    texts.get("allocator.mapping", Formats.duration(request.durationNs())), Tone.BUSY);
            case READY -> new Line(texts.get("allocator.ready", Formats.duration(request.durationNs()),
                    Formats.age(nowNanos - request.readyAtNanos())), Tone.PLAIN);
        };
    }

    private Line hits(AllocatorSnapshot allocator) {
        long taken = allocator.hits() + allocator.waits();
        if (taken + allocator.timeouts() == 0) {
            return new Line(texts.get("allocator.hits.none"), Tone.FAINT);
        }
        String hits = texts.get("allocator.hits.of", Formats.count(allocator.hits()), Formats.count(taken));
        return allocator.timeouts() == 0
                ? new Line(hits, Tone.PLAIN)
                : new Line(texts.get("allocator.hits.timeouts", hits, Formats.count(allocator.timeouts())), Tone.BAD);
    }

    private Line wait(AllocatorSnapshot allocator, long nowNanos) {
        if (allocator.askerWaitingSinceNanos() != 0) {
            return new Line(texts.get("allocator.wait.now",
                    Formats.duration(Math.max(0, nowNanos - allocator.askerWaitingSinceNanos())),
                    Formats.duration(allocator.askerTimeoutNs())), Tone.BUSY);
        }
        return allocator.lastTakenNanos() == 0
                ? new Line(texts.get("allocator.wait.never"), Tone.FAINT)
                : new Line(texts.get("allocator.wait.last", Formats.duration(allocator.lastTakenWaitNs())),
                        Tone.PLAIN);
    }

    private static double waited(AllocatorSnapshot allocator, long nowNanos) {
        if (allocator.askerWaitingSinceNanos() == 0) {
            return 0;
        }
        return Math.clamp((double) (nowNanos - allocator.askerWaitingSinceNanos()) / allocator.askerTimeoutNs(), 0, 1);
    }

    private Line gate(AllocatorSnapshot allocator) {
        return allocator.hasException()
                ? new Line(texts.get("allocator.gate.closed", allocator.lastFailure()), Tone.BAD)
                : new Line(texts.get("allocator.gate.open"), Tone.PLAIN);
    }

    private Line pool(PoolSnapshot pool) {
        return switch (pool.state()) {
            case OFF -> new Line(texts.get("allocator.pool.off"), Tone.FAINT);
            case NEEDS_ASYNC_FLUSH -> new Line(texts.get("allocator.pool.needsAsyncFlush"), Tone.FAINT);
            case NEEDS_MASTER -> new Line(texts.get("allocator.pool.needsMaster"), Tone.FAINT);
            case ACTS -> new Line(texts.get("allocator.pool.free", Formats.count(pool.free()),
                    Formats.count(pool.buffers()), Formats.bytes(pool.bufferBytes())),
                    pool.free() == 0 ? Tone.BAD : Tone.PLAIN);
        };
    }

    private String shortage(StoreSnapshot snapshot) {
        PoolSnapshot pool = snapshot.pool();
        if (pool.state() != MessageStoreConfig.PoolState.ACTS) {
            return "";
        }
        if (pool.free() == 0
                && snapshot.config().flag(StoreSetting.FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL)) {
            return texts.get("allocator.pool.noneFails");
        }
        long times = snapshot.counters().bufferShortages();
        return times == 0 ? "" : texts.get("allocator.pool.short", Formats.count(times));
    }

    private String poolHelp(PoolSnapshot pool) {
        return switch (pool.state()) {
            case OFF, NEEDS_ASYNC_FLUSH, NEEDS_MASTER -> "";
            case ACTS -> {
                String lent = pool.lentTo().isEmpty()
                        ? texts.get("allocator.pool.lentToNone")
                        : texts.get("allocator.pool.lentTo",
                                pool.lentTo().stream().map(Formats::fileName).collect(Collectors.joining(", ")));
                yield pool.locked()
                        ? lent
                        : lent + " · " + texts.get("allocator.pool.notLocked", pool.lockFailure());
            }
        };
    }

    private Shown unknown() {
        var unknown = new Line(Formats.UNKNOWN, Tone.FAINT);
        var row = new Row(Formats.UNKNOWN, "", unknown);
        return new Shown(List.of(row, row), unknown, unknown, 0, unknown, 0, 0, unknown, "", "");
    }

    ReadOnlyObjectProperty<Moves> movesProperty() {
        return moves.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
