package dev.storescope.bench.compare;

import dev.storescope.bench.drive.Engine;
import dev.storescope.bench.drive.Figure;
import dev.storescope.bench.drive.Load;
import dev.storescope.bench.drive.Load.Producers;
import dev.storescope.bench.drive.StoreSetup.Mode;
import dev.storescope.bench.drive.WarmFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is compared, each with its goals.
///
/// Warm: the files of the log stand in the page cache, for both. Fresh: each engine makes them as it goes.
enum CompareCase {
    ASYNC_16_WARM(Kind.PUT, "async, warm, 16 producers", new Shape(Mode.ASYNC, threads(16), 1024, Segments.WARM),
            Goal.ratioAtLeast(Figure.E2E_RATE, 4), Goal.ratioAtMost(Figure.CPU_PER_MILLION, 0.25),
            Goal.oursAtMost(Figure.BYTES_PER_MESSAGE, 200)), //
    ASYNC_1_WARM(Kind.PUT, "async, warm, 1 producer", new Shape(Mode.ASYNC, threads(1), 1024, Segments.WARM),
            Goal.ratioAtLeast(Figure.PUT_RATE, 2.5)), //
    ASYNC_16_128B_WARM(Kind.PUT, "async, warm, 16 producers, 128 B",
            new Shape(Mode.ASYNC, threads(16), 128, Segments.WARM), Goal.ratioAtLeast(Figure.E2E_RATE, 4)), //
    ASYNC_16_FRESH(Kind.PUT, "async, fresh segments, 16 producers",
            new Shape(Mode.ASYNC, threads(16), 1024, Segments.FRESH), Goal.ratioAtLeast(Figure.E2E_RATE, 2)), //
    POOL_16(Kind.PUT, "transient pool, warm, 16 producers",
            new Shape(Mode.POOL, threads(16), 1024, Segments.WARM), Goal.ratioAtLeast(Figure.E2E_RATE, 4)), //
    SYNC_1(Kind.PUT, "sync, 1 producer", new Shape(Mode.SYNC, threads(1), 1024, Segments.FRESH),
            Goal.ratioAtLeast(Figure.PUT_RATE, 1.5)), //
    SYNC_16(Kind.PUT, "sync, 16 producers", new Shape(Mode.SYNC, threads(16), 1024, Segments.FRESH),
            Goal.ratioAtLeast(Figure.PUT_RATE, 3)), //
    SYNC_64(Kind.PUT, "sync, 64 producers", new Shape(Mode.SYNC, threads(64), 1024, Segments.FRESH),
            Goal.ratioAtLeast(Figure.PUT_RATE, 3)), //
    SYNC_256_VIRTUAL(Kind.PUT, "sync, 256 virtual threads",
            new Shape(Mode.SYNC, new Producers(Producers.Kind.VIRTUAL_THREADS, 256), 1024, Segments.FRESH),
            Goal.ratioAtLeast(Figure.PUT_RATE, 4)), //
    SYNC_WINDOW_256(Kind.PUT, "sync, one thread with a window of 256",
            new Shape(Mode.SYNC, new Producers(Producers.Kind.WINDOW, 256), 1024, Segments.FRESH),
            Goal.ratioAtLeast(Figure.PUT_RATE, 4)), //
    REBUILD(Kind.REBUILD, "rebuild of queues and index, 4 GiB of log",
            new Shape(Mode.ASYNC, threads(4), 1024, Segments.FRESH), Goal.ratioAtLeast(Figure.REBUILD_RATE, 4)), //
    RECOVERY(Kind.RECOVERY, "recovery after a kill, 1 GiB of log in cache",
            new Shape(Mode.ASYNC, threads(4), 1024, Segments.FRESH), Goal.ratioAtMost(Figure.LOAD_SECONDS, 0.2)), //
    RECOVERY_SETTLED(Kind.RECOVERY, "recovery after a kill, 1 GiB of log in cache, no put for some seconds before",
            new Shape(Mode.ASYNC, threads(4), 1024, Segments.FRESH), Goal.ratioAtMost(Figure.LOAD_SECONDS, 0.2)), //
    READ(Kind.READ, "getMessage, 32 at a time, every byte read",
            new Shape(Mode.ASYNC, threads(4), 1024, Segments.FRESH), Goal.ratioAtLeast(Figure.READ_RATE, 2),
            Goal.oursAtMost(Figure.BYTES_PER_MESSAGE, 8)), //
    GROWTH(Kind.PUT, "growth: rate in the 4th GiB over the 1st, async, warm, 16 producers",
            new Shape(Mode.ASYNC, threads(16), 1024, Segments.WARM), Goal.oursAtLeast(Figure.GROWTH, 0.95)), //
    PROBES(Kind.PROBE, "probes on over probes off, async, warm, 16 producers",
            new Shape(Mode.ASYNC, threads(16), 1024, Segments.WARM), Goal.ratioAtLeast(Figure.PUT_RATE, 0.98));

    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    /// RocketMQ's default is 1 GiB; with it the five buffers of a pool would take most of a small machine's memory.
    private static final long POOL_SEGMENT_BYTES = 256 * MIB;
    /// Files that a round may fill; a store asks for the file after the one it fills ahead of time.
    private static final int WARM_GIB = 5;
    private static final double GROWTH_SECONDS = 60;
    private static final int SETTLE_MS = 4_000;

    private final Kind kind;
    private final String title;
    private final Shape shape;
    private final List<Goal> goals;

    CompareCase(Kind kind, String title, Shape shape, Goal... goals) {
        this.kind = kind;
        this.title = title;
        this.shape = shape;
        this.goals = List.of(goals);
    }

    /// What is put, and how.
    private record Shape(Mode mode, Producers producers, int bodyBytes, Segments segments) {
    }

    /// Where the files of the log come from.
    enum Segments {
        WARM, FRESH
    }

    /// What a round is.
    enum Kind {
        PUT, PROBE, REBUILD, RECOVERY, READ
    }

    private static Producers threads(int count) {
        return new Producers(Producers.Kind.THREADS, count);
    }

    static Optional<CompareCase> named(String name) {
        return Arrays.stream(values()).filter(each -> each.id().equals(name)).findFirst();
    }

    /// As it is chosen on the command line.
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Kind kind() {
        return kind;
    }

    String title() {
        return title;
    }

    List<Goal> goals() {
        return goals;
    }

    Segments segments() {
        return shape.segments;
    }

    Engine first() {
        return this == PROBES ? Engine.OURS_PROBED : Engine.OURS;
    }

    Engine second() {
        return this == PROBES ? Engine.OURS : Engine.ROCKETMQ;
    }

    /// @param warmDirectory where the warm files of all cases lie
    Load load(Path warmDirectory, double seconds, Segments segments) {
        long segmentBytes = shape.mode == Mode.POOL ? POOL_SEGMENT_BYTES : GIB;
        int files = segments == Segments.WARM ? (int) (WARM_GIB * GIB / segmentBytes) : 0;
        WarmFiles warm = new WarmFiles(warmDirectory.resolve(Long.toString(segmentBytes / MIB) + "m"), files,
                segmentBytes);
        return new Load(shape.mode, shape.producers, shape.bodyBytes, kind == Kind.READ ? seconds : putSeconds(seconds),
                mostBytes(), segmentBytes, this == RECOVERY_SETTLED ? SETTLE_MS : 0, warm);
    }

    private double putSeconds(double seconds) {
        return puts() && this != GROWTH ? seconds : GROWTH_SECONDS;
    }

    private long mostBytes() {
        return switch (kind) {
            // Not to the very end of the last warm file.
            case PUT, PROBE -> WARM_GIB * GIB - GIB / 2;
            // Of 1 GiB half would be the start of the virtual machine.
            case REBUILD -> 4 * GIB;
            case RECOVERY, READ -> GIB;
        };
    }

    private boolean puts() {
        return kind == Kind.PUT || kind == Kind.PROBE;
    }
}
