package dev.storescope.engine.log;

import dev.storescope.engine.api.LogHole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// The parts of the log that cannot be read (`store.md` §7). As a rule there are none, and to ask costs one read.
///
/// Threads: any.
public final class LogHoles {
    /// By offset, none overlaps another. Replaced as a whole by whoever changes it; read by any.
    private final AtomicReference<List<LogHole>> holes = new AtomicReference<>(List.of());

    /// Notes that the log cannot be read from one offset to another. What is a hole already becomes one with it; the
    /// reason of the first stays.
    public void add(long fromOffset, long toOffset, String reason) {
        var added = new LogHole(fromOffset, toOffset, reason);
        change(now -> with(now, added));
    }

    private static List<LogHole> with(List<LogHole> now, LogHole added) {
        List<LogHole> all = new ArrayList<>(now.size() + 1);
        LogHole merged = added;
        for (LogHole hole : now) {
            if (hole.toOffset() <= merged.fromOffset() || hole.fromOffset() >= merged.toOffset()) {
                all.add(hole);
            } else {
                merged = new LogHole(Math.min(hole.fromOffset(), merged.fromOffset()),
                        Math.max(hole.toOffset(), merged.toOffset()),
                        merged == added ? hole.reason() : merged.reason());
            }
        }
        int place = 0;
        while (place < all.size() && all.get(place).fromOffset() < merged.fromOffset()) {
            place++;
        }
        all.add(place, merged);
        return List.copyOf(all);
    }

    /// The log was checked anew: these are its holes, and no others.
    ///
    /// @param all by offset, none overlaps another
    public void replace(List<LogHole> all) {
        holes.set(List.copyOf(all));
    }

    /// The log begins there now: what lies before it is no hole any more.
    public void forgetBefore(long minOffset) {
        if (!holes.get().isEmpty()) {
            change(now -> now.stream()
                    .filter(hole -> hole.toOffset() > minOffset)
                    .map(hole -> hole.fromOffset() >= minOffset
                            ? hole
                            : new LogHole(minOffset, hole.toOffset(), hole.reason()))
                    .toList());
        }
    }

    private void change(UnaryOperator<List<LogHole>> change) {
        holes.updateAndGet(change);
    }

    /// The hole that an offset lies in.
    public Optional<LogHole> at(long offset) {
        List<LogHole> now = holes.get();
        int index = firstEndingBehind(now, offset);
        return index < now.size() && now.get(index).holds(offset) ? Optional.of(now.get(index)) : Optional.empty();
    }

    /// The offset itself; the end of the hole when it lies in one.
    public long nextSoundOffset(long offset) {
        List<LogHole> now = holes.get();
        long sound = offset;
        // One hole may begin where another ends.
        for (int i = firstEndingBehind(now, offset); i < now.size() && now.get(i).holds(sound); i++) {
            sound = now.get(i).toOffset();
        }
        return sound;
    }

    /// Where the next hole begins, at `offset` or behind it; [Long#MAX_VALUE] when there is none. An offset in a hole is
    /// its own answer.
    public long nextHoleOffset(long offset) {
        List<LogHole> now = holes.get();
        int index = firstEndingBehind(now, offset);
        return index == now.size() ? Long.MAX_VALUE : Math.max(offset, now.get(index).fromOffset());
    }

    /// A part of the log without holes, never empty.
    public record SoundPart(long fromOffset, long toOffset) {
    }

    /// What lies between the holes, by offset.
    public List<SoundPart> soundParts(long fromOffset, long toOffset) {
        List<SoundPart> parts = new ArrayList<>(1);
        long from = nextSoundOffset(fromOffset);
        while (from < toOffset) {
            long to = Math.min(toOffset, nextHoleOffset(from));
            if (from < to) {
                parts.add(new SoundPart(from, to));
            }
            from = nextSoundOffset(to);
        }
        return parts;
    }

    /// All, by offset.
    public List<LogHole> all() {
        return holes.get();
    }

    /// @return `now.size()` when all end at or before the offset
    private static int firstEndingBehind(List<LogHole> now, long offset) {
        int low = 0;
        int high = now.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (now.get(middle).toOffset() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
