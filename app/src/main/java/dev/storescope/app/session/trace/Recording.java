package dev.storescope.app.session.trace;

import java.util.List;

/// What was recorded, by thread.
///
/// Times are of the environment's clock, in nanoseconds. What [Recorder#recording()] gives goes on growing; what
/// [Recorder#copy()] gives stays as it is.
///
/// Threads: the recorder's while it grows; any for a copy.
public final class Recording {
    public static final Recording EMPTY = new Recording(List.of(), List.of(), 0, 0, 1, Kept.ALL);

    private final List<Lane> lanes;
    private final List<Gap> gaps;
    private final long fromNanos;
    private final long toNanos;
    private final int putSamplingInterval;
    private final Kept kept;

    /// A time in which events were lost, nobody knows of which threads.
    public record Gap(long fromNanos, long toNanos, long events) {
    }

    /// What is missing.
    ///
    /// @param isCut whether the oldest had to be forgotten
    /// @param lostEvents that never came
    record Kept(boolean isCut, long lostEvents) {
        private static final Kept ALL = new Kept(false, 0);
    }

    Recording(List<Lane> lanes, List<Gap> gaps, long fromNanos, long toNanos, int putSamplingInterval, Kept kept) {
        this.lanes = lanes;
        this.gaps = gaps;
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.putSamplingInterval = putSamplingInterval;
        this.kept = kept;
    }

    /// By group, and within it as people count.
    public List<Lane> lanes() {
        return lanes;
    }

    /// Oldest first.
    public List<Gap> gaps() {
        return gaps;
    }

    /// When the recording began.
    public long fromNanos() {
        return fromNanos;
    }

    /// The latest time that was told.
    public long toNanos() {
        return toNanos;
    }

    /// Of how many puts of a thread one was told; 1 when all were.
    public int putSamplingInterval() {
        return putSamplingInterval;
    }

    /// Whether the oldest had to be forgotten for want of memory.
    public boolean isCut() {
        return kept.isCut;
    }

    /// How many events were lost before they could be recorded.
    public long lostEvents() {
        return kept.lostEvents;
    }

    public boolean isEmpty() {
        return lanes.isEmpty();
    }
}
