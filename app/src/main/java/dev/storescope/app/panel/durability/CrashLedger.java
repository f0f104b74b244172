package dev.storescope.app.panel.durability;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.durability.CrashViewModel.Stage;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.engine.sim.Crash;
import java.util.Optional;

/// Asks for the ledger once a store is open again after a crash, and keeps it until something else is open.
///
/// Threads: the JavaFX thread.
final class CrashLedger {
    private final PanelContext context;
    private Optional<Moment> asked = Optional.empty();
    private Optional<LedgerReport> report = Optional.empty();
    private boolean isAwaited;

    /// What a ledger is of: another one has another.
    private record Moment(long generation, Optional<Crash> crash) {
    }

    CrashLedger(PanelContext context) {
        this.context = context;
    }

    /// The next one is shown as soon as it is there: somebody has just made its crash.
    void showWhenSettled() {
        isAwaited = true;
    }

    /// @param generation of the store that is open; 0 while none is
    /// @return the ledger of the last crash, as soon as it is known
    Optional<LedgerReport> update(long generation, Optional<WorldReading> world) {
        boolean isSettled = world.map(it -> CrashViewModel.stageOf(it) == Stage.SETTLED).orElse(generation > 0);
        if (!isSettled) {
            if (world.isPresent()) {
                asked = Optional.empty();
                report = Optional.empty();
            }
            return report;
        }
        Optional<Moment> now = Optional.of(new Moment(generation, world.flatMap(WorldReading::lastCrash)));
        if (!now.equals(asked)) {
            asked = now;
            report = Optional.empty();
            context.whenDone(context.session().ledger(), found -> {
                if (now.equals(asked)) {
                    settled(found);
                }
            });
        }
        return report;
    }

    private void settled(Optional<LedgerReport> found) {
        report = found;
        if (isAwaited && found.isPresent()) {
            isAwaited = false;
            context.host().showLedger(found);
        }
    }

    /// Before recovery has come to its end nobody has looked what is left.
    void show() {
        boolean isOpen = context.session().simulated().map(world -> switch (CrashViewModel.stageOf(world.read())) {
            case DEAD, RECOVERING -> false;
            case NONE, SETTLED -> true;
        }).orElse(true);
        if (!isOpen) {
            context.session().note("ledger.notYet");
            return;
        }
        context.whenDone(context.session().ledger(), context.host()::showLedger);
    }
}
