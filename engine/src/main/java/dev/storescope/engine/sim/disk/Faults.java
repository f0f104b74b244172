package dev.storescope.engine.sim.disk;

import dev.storescope.engine.sim.disk.Fault.Where;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The faults that are on in a world.
///
/// Threads: whoever has the baton.
public final class Faults {
    /// With how often each has been asked about.
    private final Map<Fault, Long> on = new LinkedHashMap<>();

    /// Does nothing when it is on already.
    public void turnOn(Fault fault) {
        on.putIfAbsent(fault, 0L);
    }

    /// Does nothing when it is off already.
    public void turnOff(Fault fault) {
        on.remove(fault);
    }

    public boolean isOn(Fault fault) {
        return on.containsKey(fault);
    }

    /// In the order in which they were turned on.
    public List<Fault> all() {
        return List.copyOf(on.keySet());
    }

    /// The sum of what each of a kind adds.
    public <F extends Fault> long sum(Class<F> kind, ToLongFunction<F> amount) {
        if (on.isEmpty()) {
            return 0;
        }
        long sum = 0;
        for (Fault fault : on.keySet()) {
            if (kind.isInstance(fault)) {
                sum += amount.applyAsLong(kind.cast(fault));
            }
        }
        return sum;
    }

    public boolean isAnyOn(Class<? extends Fault> kind) {
        for (Fault fault : on.keySet()) {
            if (kind.isInstance(fault)) {
                return true;
            }
        }
        return false;
    }

    boolean forceFails(Path file) {
        return strikes(Fault.FailingForce.class, fault -> within(fault.where(), file), Fault.FailingForce::successes,
                Fault.FailingForce::failures);
    }

    boolean writeFails(Path file) {
        return strikes(Fault.FailingWrite.class, fault -> within(fault.where(), file), Fault.FailingWrite::successes,
                Fault.FailingWrite::failures);
    }

    boolean writeIsShort(Path file) {
        return strikes(Fault.ShortWrite.class, fault -> within(fault.where(), file), Fault.ShortWrite::successes,
                Fault.ShortWrite::failures);
    }

    boolean mappingFails(Path file) {
        return strikes(Fault.FailingMapping.class, fault -> within(fault.where(), file),
                Fault.FailingMapping::successes, Fault.FailingMapping::failures);
    }

    long capacityBytes(long modelBytes) {
        long least = modelBytes;
        for (Fault fault : on.keySet()) {
            if (fault instanceof Fault.DiskFull(long bytes)) {
                least = Math.min(least, bytes);
            }
        }
        return least;
    }

    private <F extends Fault> boolean strikes(Class<F> kind, Predicate<F> concerns,
            ToLongFunction<F> successes, ToLongFunction<F> failures) {
        if (on.isEmpty()) {
            return false;
        }
        boolean strikes = false;
        for (Map.Entry<Fault, Long> entry : on.entrySet()) {
            if (kind.isInstance(entry.getKey()) && concerns.test(kind.cast(entry.getKey()))) {
                F fault = kind.cast(entry.getKey());
                long asked = entry.getValue();
                entry.setValue(asked + 1);
                long failed = asked - successes.applyAsLong(fault);
                strikes |= failed >= 0 && failed < failures.applyAsLong(fault);
            }
        }
        return strikes;
    }

    private static boolean within(Where where, Path file) {
        if (where == Where.ANY_FILE) {
            return true;
        }
        for (Path part : file) {
            if (part.toString().equals(where.nameInStore())) {
                return true;
            }
        }
        return false;
    }

    /// The same faults, as often asked about.
    public Faults copy() {
        Faults copy = new Faults();
        copy.on.putAll(on);
        return copy;
    }
}
