package dev.storescope.engine.load;

/// When one producer makes its puts, and how many of them are due by then.
///
/// Where a pacing spreads its messages evenly and a producer has more than [#MOST_ALONE_PER_SECOND] puts a second to
/// send, each put waits for the end of the millisecond that it falls into, and so comes together with the others of
/// that millisecond. To wake a thread costs more of a processor than a put: a producer that slept before each single one
/// would measure its own waking. What comes together is *due* together. No put is due before the schedule has it, and
/// none that is held up by a stall, or by those that are due with it, has that time hidden from its latency.
///
/// The milliseconds of the producers begin one after the other, so that they do not all wake at once.
///
/// Puts are numbered over all producers, times are nanoseconds since the start. Threads: any; nothing changes.
final class PutMoments {
    /// Of one producer; up to here each put has a moment of its own.
    static final double MOST_ALONE_PER_SECOND = 1_000;
    static final long TOGETHER_NS = 1_000_000;

    private final Schedule schedule;
    private final int batchSize;
    private final int producer;
    private final int producers;
    /// Messages a second of all producers; above it puts come together.
    private final double mostAlonePerSecond;
    private final boolean everTogether;
    /// Where the first millisecond of this producer ends.
    private final long offsetNs;

    PutMoments(Schedule schedule, LoadSpec spec, int producer) {
        this.schedule = schedule;
        this.producer = producer;
        batchSize = spec.batchSize();
        producers = spec.producers();
        mostAlonePerSecond = MOST_ALONE_PER_SECOND * producers * batchSize;
        everTogether = spread(spec.pacing()) > mostAlonePerSecond;
        offsetNs = TOGETHER_NS * producer / producers;
    }

    /// The fastest rate at which messages come one by one.
    private static double spread(Pacing pacing) {
        return switch (pacing) {
            // Neither has moments to wait for one by one.
            case Pacing.ClosedLoop _,Pacing.Bursts _ -> 0;
            case Pacing.Constant(double rate) -> rate;
            case Pacing.Ramp(double from, double to, double _) -> Math.max(from, to);
            case Pacing.Steps(double from, double add, double _, int steps) -> Math.max(from, from + add * steps);
        };
    }

    /// @return [Schedule#NEVER] when the rate falls to 0 before
    long timeOf(long put) {
        long time = scheduledTime(put);
        return !everTogether || time == Schedule.NEVER || !isTogether(endOf(time)) ? time : endOf(time);
    }

    /// How many puts of all producers are due at that time or before it, if all keep to this producer's moments.
    long dueBy(long timeNs) {
        if (!everTogether || timeNs < 0) {
            return scheduledBy(timeNs);
        }
        long end = endOf(timeNs);
        if (!isTogether(end)) {
            return scheduledBy(timeNs);
        }
        return end == timeNs ? scheduledExactlyBy(end) : scheduledExactlyBy(end - TOGETHER_NS);
    }

    /// How many puts of this producer alone are due at that time or before it.
    long ownDueBy(long timeNs) {
        return Math.max(0, Math.ceilDiv(dueBy(timeNs) - producer, producers));
    }

    /// Whether there are moments at which puts come together: else those of all producers are those of the schedule.
    boolean isEverTogether() {
        return everTogether;
    }

    /// The end of the millisecond of this producer that the time falls into.
    private long endOf(long timeNs) {
        return offsetNs + Math.ceilDiv(timeNs - offsetNs, TOGETHER_NS) * TOGETHER_NS;
    }

    /// Asked of a whole millisecond, by its end: so that no put overtakes one before it.
    private boolean isTogether(long endNs) {
        return schedule.rateAt(endNs).orElse(0) > mostAlonePerSecond;
    }

    private long scheduledTime(long put) {
        return schedule.timeOf(put * batchSize);
    }

    private long scheduledBy(long timeNs) {
        return Math.ceilDiv(schedule.dueBy(timeNs), batchSize);
    }

    /// Here many puts have the same moment, and one that is off by rounding would be off by a millisecond.
    private long scheduledExactlyBy(long timeNs) {
        long puts = scheduledBy(timeNs);
        while (scheduledTime(puts) <= timeNs) {
            puts++;
        }
        while (puts > 0 && scheduledTime(puts - 1) > timeNs) {
            puts--;
        }
        return puts;
    }
}
