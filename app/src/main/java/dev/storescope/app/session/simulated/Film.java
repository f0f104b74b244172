package dev.storescope.app.session.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// The [Still]s that are kept of one course of a run: step by step around where somebody looks, here and there elsewhere.
/// They take no more than so many bytes together; those that are far away go first.
///
/// Threads: the driver's.
final class Film {
    /// How far back, and on, each step is kept while there is room: half a minute with a key held down.
    static final int NEAR_STILLS = 1_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final int LEAST_FAR = 256;
    private static final long FIRST_SPACING_STEPS = 1_000;

    /// By their steps.
    private final List<Still> stills = new ArrayList<>();
    private final long mostBytes;
    private long bytes;
    /// Of those that are kept on the way, see [#wantsOnTheWay].
    private long spacingSteps = FIRST_SPACING_STEPS;

    Film() {
        this(MOST_BYTES);
    }

    Film(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return stills.size();
    }

    /// Keeps one; it takes the place of another one of the same step, but for what that one knew of the step before.
    ///
    /// @param nearStep where somebody looks
    void keep(Still still, long nearStep) {
        int index = indexFrom(still.steps());
        if (index < stills.size() && stills.get(index).steps() == still.steps()) {
            if (still.stepsBefore() == Still.UNKNOWN) {
                return;
            }
            bytes -= stills.get(index).bytes();
            stills.set(index, still);
        } else {
            stills.add(index, still);
        }
        bytes += still.bytes();
        if (bytes > mostBytes) {
            makeRoom(nearStep);
        }
    }

    /// Whether one of a run that passes is wanted: nothing is kept there yet, nor a little before.
    boolean wantsOnTheWay(long step) {
        int index = indexFrom(step + 1);
        return index == 0 || stills.get(index - 1).steps() + spacingSteps <= step;
    }

    Optional<Still> at(long step) {
        int index = indexFrom(step);
        return index < stills.size() && stills.get(index).steps() == step
                ? Optional.of(stills.get(index))
                : Optional.empty();
    }

    /// One step before `step` was `stepBefore`.
    void link(long step, long stepBefore) {
        int index = indexFrom(step);
        if (index < stills.size() && stills.get(index).steps() == step) {
            stills.set(index, stills.get(index).withStepsBefore(stepBefore));
        }
    }

    /// The one of one step before; nothing when it was not seen.
    Optional<Still> before(long step) {
        return at(step).filter(still -> still.stepsBefore() != Still.UNKNOWN).flatMap(still -> at(still.stepsBefore()));
    }

    /// The one of one step later; nothing when it was not seen.
    Optional<Still> after(long step) {
        int index = indexFrom(step + 1);
        return index < stills.size() && stills.get(index).stepsBefore() == step
                ? Optional.of(stills.get(index))
                : Optional.empty();
    }

    /// The last one that is not behind a time.
    Optional<Still> lastUntil(long nanos) {
        int index = indexWhere(still -> still.nanos() > nanos);
        return index == 0 ? Optional.empty() : Optional.of(stills.get(index - 1));
    }

    /// The first one that is kept, of those that lead to a step without a gap; nothing when that step itself is not kept.
    OptionalLong unbrokenFrom(long step) {
        int index = indexFrom(step);
        if (index == stills.size() || stills.get(index).steps() != step) {
            return OptionalLong.empty();
        }
        while (index > 0 && stills.get(index).stepsBefore() == stills.get(index - 1).steps()) {
            index--;
        }
        return OptionalLong.of(stills.get(index).steps());
    }

    /// What comes behind a step will be otherwise.
    void forgetBehind(long step) {
        while (!stills.isEmpty() && stills.getLast().steps() > step) {
            bytes -= stills.removeLast().bytes();
        }
    }

    void forgetAll() {
        stills.clear();
        bytes = 0;
        spacingSteps = FIRST_SPACING_STEPS;
    }

    private int indexFrom(long step) {
        return indexWhere(still -> still.steps() >= step);
    }

    /// @param isBeyond false for some first ones, true for all others
    private int indexWhere(Predicate<Still> isBeyond) {
        int low = 0;
        int high = stills.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBeyond.test(stills.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void makeRoom(long nearStep) {
        int here = indexFrom(nearStep);
        int nearFrom = Math.max(0, here - NEAR_STILLS);
        int nearTo = Math.min(stills.size(), here + NEAR_STILLS);
        if (stills.size() - (nearTo - nearFrom) > LEAST_FAR) {
            thinOut(nearFrom, nearTo);
        }
        while (bytes > mostBytes && stills.size() > 1) {
            boolean isFirstFarther = here > stills.size() - here;
            bytes -= (isFirstFarther ? stills.removeFirst() : stills.removeLast()).bytes();
            here = indexFrom(nearStep);
        }
    }

    /// Every second one goes, but for those from one index to before another.
    private void thinOut(int keepFrom, int keepTo) {
        List<Still> kept = new ArrayList<>();
        for (int i = 0; i < stills.size(); i++) {
            if (i % 2 == 0 || i >= keepFrom && i < keepTo) {
                kept.add(stills.get(i));
            } else {
                bytes -= stills.get(i).bytes();
            }
        }
        stills.clear();
        stills.addAll(kept);
        spacingSteps *= 2;
    }
}
