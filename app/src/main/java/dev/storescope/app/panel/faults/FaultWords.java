package dev.storescope.app.panel.faults;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.disk.Fault;

/// Faults in words.
final class FaultWords {
    private static final long NS_IN_MS = 1_000_000;

    private final Texts texts;

    FaultWords(Texts texts) {
        this.texts = texts;
    }

    String name(FaultKind kind) {
        return texts.get("faults.kind." + kind);
    }

    /// What will be seen.
    String seen(FaultKind kind) {
        return texts.get("faults.kind." + kind + ".seen");
    }

    /// A fault with its figures, in a line.
    String of(Fault fault) {
        String name = name(FaultKind.of(fault));
        return switch (fault) {
            case Fault.SlowForce(long extraNs) -> with(name, extra(extraNs));
            case Fault.SlowAllocation(long extraNs) -> with(name, extra(extraNs));
            case Fault.StalledForce _,Fault.NoLockPrivilege _ -> name;
            case Fault.FailingForce(var where, long after, long times) -> with(name, counted(where, after, times));
            case Fault.FailingWrite(var where, long after, long times) -> with(name, counted(where, after, times));
            case Fault.ShortWrite(var where, long after, long times) -> with(name, counted(where, after, times));
            case Fault.FailingMapping(var where, long after, long times) -> with(name, counted(where, after, times));
            case Fault.DiskFull(long capacityBytes) ->
                    with(name, texts.get("faults.at", Formats.exactBytes(capacityBytes)));
            case Fault.ClockJump(long millis) -> with(name, jump(millis));
            case Fault.HeldService(String service) -> with(name, service);
        };
    }

    private static String with(String name, String figures) {
        return name + ": " + figures;
    }

    private String counted(Fault.Where where, long after, long times) {
        return "%s · %s · %s".formatted(where(where), after(after), times(times));
    }

    String extra(long extraNs) {
        return "+" + Formats.duration(extraNs);
    }

    String where(Fault.Where where) {
        return texts.get("faults.where." + where);
    }

    String after(long successes) {
        return successes == 0 ? texts.get("faults.after.none") : texts.get("faults.after", Formats.count(successes));
    }

    String times(long failures) {
        if (failures == Fault.FOR_EVER) {
            return texts.get("faults.times.forEver");
        }
        return failures == 1 ? texts.get("faults.times.once") : texts.get("faults.times", Formats.count(failures));
    }

    String filesLeft(long files) {
        return texts.get("faults.filesLeft", Formats.count(files));
    }

    String jump(long millis) {
        return (millis > 0 ? "+" : "") + Formats.duration(millis * NS_IN_MS);
    }
}
