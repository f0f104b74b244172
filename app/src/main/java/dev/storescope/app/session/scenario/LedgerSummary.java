package dev.storescope.app.session.scenario;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.sim.Ledger;
import dev.storescope.engine.sim.LedgerEntry;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What became of the messages of a run, in numbers.
///
/// @param messages that were put
/// @param byStatus those that were answered, by the answer
/// @param byFate all, by what became of them, and why
/// @param strangers what is in the log and should not be
public record LedgerSummary(long messages, Map<PutMessageStatus, Long> byStatus, Map<Fate, Map<Cause, Long>> byFate,
        List<Ledger.Stranger> strangers) {

    public static LedgerSummary of(Ledger ledger) {
        Map<PutMessageStatus, Long> byStatus = new EnumMap<>(PutMessageStatus.class);
        Map<Fate, Map<Cause, Long>> byFate = new EnumMap<>(Fate.class);
        for (LedgerEntry entry : ledger.entries()) {
            entry.status().ifPresent(status -> byStatus.merge(status, 1L, Long::sum));
            byFate.computeIfAbsent(entry.fate(), fate -> new EnumMap<>(Cause.class))
                    .merge(entry.cause(), 1L, Long::sum);
        }
        return new LedgerSummary(ledger.messages(), byStatus, byFate, ledger.strangers());
    }

    public long answered(PutMessageStatus status) {
        return byStatus.getOrDefault(status, 0L);
    }

    public long acknowledged() {
        return answered(PutMessageStatus.PUT_OK);
    }

    /// Messages whose producers never had an answer: it was under way when the process died, or the run ended.
    public long unanswered() {
        return messages - byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(Fate fate) {
        return byFate.getOrDefault(fate, Map.of()).values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(Fate fate, Cause cause) {
        return byFate.getOrDefault(fate, Map.of()).getOrDefault(cause, 0L);
    }

    /// Acknowledged messages that are lost for this reason.
    public long lostBy(Cause cause) {
        return of(Fate.ACKNOWLEDGED_LOST, cause);
    }

    /// Messages that are lost although the store had promised to keep them.
    public long brokenPromises() {
        return byFate.values().stream().mapToLong(causes -> causes.getOrDefault(Cause.PROMISE_BROKEN, 0L)).sum();
    }
}
