package dev.storescope.app.panel.durability;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What there is to say of the last crash: that the store is dead, how far recovery is, what became of the messages.
public final class CrashViewModel {
    private final Texts texts;
    private final ReadOnlyObjectWrapper<Shown> shown;

    /// Where the store stands after a crash.
    enum Stage {
        /// There was none.
        NONE, DEAD, RECOVERING,
        /// It runs again.
        SETTLED
    }

    /// How it came out.
    enum Verdict {
        OPEN, NOTHING_LOST, LOSS
    }

    /// A line of what recovery has done so far.
    record Line(String name, String value) {
    }

    /// @param headline what happened, or came out
    /// @param detail the rest of the sentence
    /// @param lines of recovery; empty at other stages
    /// @param ratio how far recovery is, 0 to 1
    record Shown(Stage stage, Verdict verdict, String headline, String detail, List<Line> lines, double ratio) {
        static final Shown NOTHING = new Shown(Stage.NONE, Verdict.OPEN, "", "", List.of(), 0);
    }

    public CrashViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NOTHING);
    }

    /// @param world that the store is in; nothing in Live
    /// @param ledger of the last crash, as far as it is known
    void update(Frame frame, Optional<WorldReading> world, Optional<LedgerReport> ledger) {
        Stage stage = world.map(CrashViewModel::stageOf).orElse(ledger.isPresent() ? Stage.SETTLED : Stage.NONE);
        shown.set(switch (stage) {
            case NONE -> Shown.NOTHING;
            case DEAD -> dead(world.orElseThrow().lastCrash().orElseThrow());
            case RECOVERING -> recovering(frame, world.orElseThrow());
            case SETTLED -> ledger.map(this::settled).orElse(Shown.NOTHING);
        });
    }

    static Stage stageOf(WorldReading world) {
        if (world.lastCrash().isEmpty()) {
            return Stage.NONE;
        }
        return switch (world.phase()) {
            case CRASHED -> Stage.DEAD;
            case OPENING -> Stage.RECOVERING;
            case RUNNING, CLOSING, CLOSED -> Stage.SETTLED;
            case FAILED -> Stage.DEAD;
        };
    }

    private Shown dead(Crash crash) {
        String headline = texts.get("durability.dead." + crash.kind(), Formats.count(crash.nanos()));
        long cached = crash.cachedOffset() - crash.flushedOffset();
        long buffered = crash.wroteOffset() - crash.cachedOffset();
        return new Shown(Stage.DEAD, Verdict.LOSS, headline, texts.get("durability.dead." + crash.kind() + ".detail",
                Formats.exactBytes(cached), Formats.exactBytes(buffered)), List.of(), 0);
    }

    private Shown recovering(Frame frame, WorldReading world) {
        Crash crash = world.lastCrash().orElseThrow();
        RecoverySteps steps = RecoverySteps.of(frame.trace().recording(), crash.nanos(), world.nanos());
        var lines = new ArrayList<Line>();
        steps.checkedTo()
                .ifPresentOrElse(
                        offset -> add(lines, "log", Formats.count(offset), Formats.count(crash.wroteOffset()),
                                Formats.count(steps.records())),
                        () -> add(lines, "files"));
        add(lines, "queues", Formats.count(steps.queueEntries()));
        add(lines, "index", Formats.count(steps.indexEntries()));
        add(lines, "disk", Formats.count(steps.forces()), Formats.count(steps.filesDeleted()));
        double ratio = crash.wroteOffset() == 0
                ? 0
                : Math.clamp(steps.checkedTo().orElse(0L) / (double) crash.wroteOffset(), 0, 1);
        return new Shown(Stage.RECOVERING, Verdict.OPEN, texts.get("durability.recovering"),
                texts.get("durability.recovering.detail", Formats.duration(world.nanos() - crash.nanos())), lines,
                ratio);
    }

    private void add(List<Line> lines, String name, Object... values) {
        lines.add(new Line(texts.get("durability.recovery." + name),
                texts.get("durability.recovery." + name + ".value", values)));
    }

    private Shown settled(LedgerReport ledger) {
        long lost = ledger.of(Fate.ACKNOWLEDGED_LOST);
        boolean isBroken = ledger.brokenPromises() > 0 || !ledger.strangers().isEmpty();
        String headline;
        if (isBroken) {
            headline = texts.get("durability.settled.broken", Formats.count(ledger.brokenPromises()),
                    Formats.count(ledger.strangers().size()));
        } else if (ledger.beyond().unknown() > 0) {
            headline = texts.get("durability.settled.unknown", Formats.count(ledger.beyond().unknown()),
                    Formats.count(ledger.acknowledged()));
        } else {
            headline = texts.get(lost == 0 ? "durability.settled.kept" : "durability.settled.lost",
                    Formats.count(lost), Formats.count(ledger.acknowledged()));
        }
        boolean bad = isBroken || lost > 0 || ledger.beyond().unknown() > 0;
        String detail = lost > 0
                ? reasons(ledger.counts().getOrDefault(Fate.ACKNOWLEDGED_LOST, Map.of()))
                : texts.get("durability.settled.detail", Formats.count(ledger.of(Fate.UNACKNOWLEDGED_KEPT)));
        return new Shown(Stage.SETTLED, bad ? Verdict.LOSS : Verdict.NOTHING_LOST, headline, detail, List.of(), 1);
    }

    private String reasons(Map<Cause, Long> causes) {
        var reasons = new ArrayList<String>();
        for (Cause cause : Cause.values()) {
            if (causes.containsKey(cause)) {
                reasons.add(texts.get("ledger.cause." + cause) + ": " + Formats.count(causes.get(cause)));
            }
        }
        return String.join(" · ", reasons);
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
