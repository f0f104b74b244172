package dev.storescope.engine.file;

import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.RunningFlag.Lasts;
import dev.storescope.engine.api.RunningFlag.Refuses;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Whether the store may be written and read, and if not, why (RocketMQ `RunningFlags`).
///
/// Each reason comes and goes by itself: room on the disk does not heal a failed force.
///
/// Threads: any.
public final class RunningFlags {
    private final AtomicReference<Flags> flags = new AtomicReference<>(Flags.of(Map.of()));

    /// Whether puts are taken. Asked twice by each put.
    public boolean isWriteable() {
        return flags.getOpaque().writeable;
    }

    public boolean isReadable() {
        return flags.getOpaque().readable;
    }

    /// Whether what was put may be brought to the disk: not any more after a failure, for which there is no healing but to
    /// open the store again. A full disk does not stand against it.
    public boolean mayFlush() {
        return flags.getOpaque().mayFlush;
    }

    /// The reasons that hold, in the order of the enum.
    public Map<RunningFlag, String> reasons() {
        return flags.get().reasons;
    }

    /// The first reason that refuses puts; "" while the store may be written.
    public String notWriteableReason() {
        return flags.get().first(Refuses.PUTS);
    }

    /// The first reason that refuses reads; "" while the store may be read.
    public String notReadableReason() {
        return flags.get().first(Refuses.READS);
    }

    /// Refuses puts from now on: a write or force failed. The first reason stays.
    ///
    /// @return false when the store had come to its end already
    public boolean turnUnwriteable(String reason) {
        return flags.getAndUpdate(now -> now.mayFlush ? now.with(RunningFlag.FORCE_FAILED, reason) : now).mayFlush;
    }

    /// Sets a reason, in words that name the cause. The first words of a reason that lasts until the store is reopened
    /// stay; those of another are replaced.
    ///
    /// @return whether it did not hold before
    public boolean set(RunningFlag flag, String reason) {
        Flags before = flags.getAndUpdate(now -> flag.lasts() == Lasts.UNTIL_REOPENED && now.reasons.containsKey(flag)
                ? now
                : now.with(flag, reason));
        return !before.reasons.containsKey(flag);
    }

    /// Takes a reason back that does not last until the store is reopened.
    ///
    /// @return whether it held
    public boolean clear(RunningFlag flag) {
        if (flag.lasts() == Lasts.UNTIL_REOPENED) {
            throw new IllegalArgumentException(flag + " holds until the store is opened again");
        }
        return flags.getAndUpdate(now -> now.without(flag)).reasons.containsKey(flag);
    }

    /// What follows from the reasons that hold is worked out once, not at each put. Immutable.
    private record Flags(Map<RunningFlag, String> reasons, boolean writeable, boolean readable, boolean mayFlush) {
        static Flags of(Map<RunningFlag, String> reasons) {
            return new Flags(reasons, reasons.keySet().stream().noneMatch(it -> it.refuses() == Refuses.PUTS),
                    reasons.keySet().stream().noneMatch(it -> it.refuses() == Refuses.READS),
                    reasons.keySet().stream().noneMatch(it -> it.lasts() == Lasts.UNTIL_REOPENED));
        }

        Flags with(RunningFlag flag, String reason) {
            Map<RunningFlag, String> more = copy();
            more.put(flag, reason);
            return of(Collections.unmodifiableMap(more));
        }

        Flags without(RunningFlag flag) {
            Map<RunningFlag, String> fewer = copy();
            fewer.remove(flag);
            return of(Collections.unmodifiableMap(fewer));
        }

        private Map<RunningFlag, String> copy() {
            Map<RunningFlag, String> copy = new EnumMap<>(RunningFlag.class);
            copy.putAll(reasons);
            return copy;
        }

        String first(Refuses refuses) {
            return reasons.entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().refuses() == refuses)
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }
    }
}
