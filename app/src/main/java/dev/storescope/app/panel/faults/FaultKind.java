package dev.storescope.app.panel.faults;

import dev.storescope.engine.sim.disk.Fault;
import java.util.List;
import java.util.Set;

/// The kinds of faults, with the figures that each needs, in the order in which they are offered.
enum FaultKind {
    SLOW_FORCE(Figure.EXTRA), STALLED_FORCE(), FAILING_FORCE(Figure.WHERE, Figure.AFTER, Figure.TIMES),
    FAILING_WRITE(Figure.WHERE, Figure.AFTER, Figure.TIMES), SHORT_WRITE(Figure.WHERE, Figure.AFTER, Figure.TIMES),
    DISK_FULL(Figure.FILES_LEFT), FAILING_MAPPING(Figure.WHERE, Figure.AFTER, Figure.TIMES),
    SLOW_ALLOCATION(Figure.EXTRA), NO_LOCK_PRIVILEGE(), CLOCK_JUMP(Figure.JUMP), HELD_SERVICE(Figure.SERVICE);

    private final Set<Figure> figures;

    FaultKind(Figure... figures) {
        this.figures = Set.of(figures);
    }

    /// Something that must be said of a fault.
    enum Figure {
        EXTRA, WHERE, AFTER, TIMES, FILES_LEFT, JUMP, SERVICE
    }

    boolean needs(Figure figure) {
        return figures.contains(figure);
    }

    /// What is chosen, of all figures; those that a kind does not need say nothing.
    ///
    /// @param capacityBytes of the disk, with the files that are left
    record Figures(long extraNs, Fault.Where where, long after, long times, long capacityBytes, long jumpMs,
            String service) {
    }

    Fault fault(Figures figures) {
        return switch (this) {
            case SLOW_FORCE -> new Fault.SlowForce(figures.extraNs);
            case STALLED_FORCE -> new Fault.StalledForce();
            case FAILING_FORCE -> new Fault.FailingForce(figures.where, figures.after, figures.times);
            case FAILING_WRITE -> new Fault.FailingWrite(figures.where, figures.after, figures.times);
            case SHORT_WRITE -> new Fault.ShortWrite(figures.where, figures.after, figures.times);
            case DISK_FULL -> new Fault.DiskFull(figures.capacityBytes);
            case FAILING_MAPPING -> new Fault.FailingMapping(figures.where, figures.after, figures.times);
            case SLOW_ALLOCATION -> new Fault.SlowAllocation(figures.extraNs);
            case NO_LOCK_PRIVILEGE -> new Fault.NoLockPrivilege();
            case CLOCK_JUMP -> new Fault.ClockJump(figures.jumpMs);
            case HELD_SERVICE -> new Fault.HeldService(figures.service);
        };
    }

    static FaultKind of(Fault fault) {
        return switch (fault) {
            case Fault.SlowForce _ -> SLOW_FORCE;
            case Fault.StalledForce _ -> STALLED_FORCE;
            case Fault.FailingForce _ -> FAILING_FORCE;
            case Fault.FailingWrite _ -> FAILING_WRITE;
            case Fault.ShortWrite _ -> SHORT_WRITE;
            case Fault.DiskFull _ -> DISK_FULL;
            case Fault.FailingMapping _ -> FAILING_MAPPING;
            case Fault.SlowAllocation _ -> SLOW_ALLOCATION;
            case Fault.NoLockPrivilege _ -> NO_LOCK_PRIVILEGE;
            case Fault.ClockJump _ -> CLOCK_JUMP;
            case Fault.HeldService _ -> HELD_SERVICE;
        };
    }

    /// Whether the store takes no more puts after it.
    boolean endsPuts() {
        return this == FAILING_FORCE;
    }

    static final List<Long> EXTRAS_NS = List.of(100_000L, 1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L,
            10_000_000_000L);
    static final List<Long> AFTERS = List.of(0L, 1L, 3L, 10L, 100L);
    static final List<Long> TIMES = List.of(1L, 3L, 10L, Fault.FOR_EVER);
    static final List<Long> FILES_LEFT = List.of(0L, 1L, 2L, 4L);
    static final List<Long> JUMPS_MS = List.of(-86_400_000L, -3_600_000L, -10_000L, 10_000L, 3_600_000L, 86_400_000L);
}
