package dev.storescope.app.session.trace;

import java.util.List;

/// What was recorded, by thread.
///
/// Times are of the environment's clock, in nanoseconds. What [Recorder#recording()] gives goes on growing; what
/// [Recorder#copy()] gives stays as it is.
///
/// Threads: the recorder's while it grows; any for a copy.
public final class Recording {
    public static final Recording EMPTY = new Recording(List.of(), List.of(), 0, 0, 1, false);

    private final List<Lane> lanes;
    private final List<Gap> gaps;
    private final long fromNanos;
    private final long toNanos;
    private final int putSamplingInterval;
    private final boolean isCut;

    /// A time in which events were lost, nobody knows of which threads.
    public record Gap(long fromNanos, long toNanos, long events) {
    }

    Recording(List<Lane> lanes, List<Gap> gaps, long fromNanos, long toNanos, int putSamplingInterval, boolean isCut) {
        this.lanes = lanes;
        this.gaps = gaps;
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.putSamplingInterval = putSamplingInterval;
        this.isCut = isCut;
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
        return isCut;
    }

    public boolean isEmpty() {
        return lanes.isEmpty();
    }
}
