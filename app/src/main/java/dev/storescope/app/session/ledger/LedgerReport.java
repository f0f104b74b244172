package dev.storescope.app.session.ledger;

import dev.storescope.app.session.simulated.LedgerReading;
import dev.storescope.engine.sim.Ledger;
import dev.storescope.engine.sim.LedgerEntry;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What became of every message, as the last recovery left them.
///
/// @param deaths the crashes, oldest first
/// @param counts messages by what became of them, and why; without those that are beyond the ledger's reach
/// @param beyond acknowledged messages that the ledger no longer knows one by one
/// @param rows the messages behind the counts, those that were lost first, and of each fate the latest first; at most
///     [#MAX_ROWS]
/// @param strangers what is in the log and should not be
public record LedgerReport(List<Death> deaths, Map<Fate, Map<Cause, Long>> counts, BeyondReach beyond,
        List<LedgerRow> rows, List<Ledger.Stranger> strangers) {
    /// More than anybody reads; the counts are of all.
    public static final int MAX_ROWS = 10_000;

    /// In which order they are told.
    public static final List<Fate> ORDER = List.of(Fate.ACKNOWLEDGED_LOST, Fate.UNACKNOWLEDGED_KEPT,
            Fate.UNACKNOWLEDGED_GONE, Fate.ACKNOWLEDGED_KEPT, Fate.EXPIRED, Fate.OPEN);

    public LedgerReport {
        deaths = List.copyOf(deaths);
        counts = copy(counts);
        rows = List.copyOf(rows);
        strangers = List.copyOf(strangers);
    }

    /// Acknowledged messages from before the oldest one that the ledger still knows.
    ///
    /// @param kept the log reaches beyond all of them, and nothing of it is unreadable
    /// @param unknown nobody can say which of them are still there
    public record BeyondReach(long kept, long unknown) {
        public static final BeyondReach NOTHING = new BeyondReach(0, 0);

        public long messages() {
            return kept + unknown;
        }
    }

    /// Of a simulated world, where every message is known.
    public static LedgerReport of(LedgerReading reading) {
        return new LedgerReport(reading.crashes().stream().map(Death::of).toList(), reading.summary().byFate(),
                BeyondReach.NOTHING, ordered(reading.entries().stream().map(LedgerReport::row)),
                reading.summary().strangers());
    }

    private static LedgerRow row(LedgerEntry entry) {
        OptionalLong size = entry.offset().isPresent() && entry.endOffset().isPresent()
                ? OptionalLong.of(entry.endOffset().getAsLong() - entry.offset().getAsLong())
                : OptionalLong.empty();
        return new LedgerRow(entry.topic(), entry.queueId(), OptionalLong.empty(), entry.keys(), entry.offset(), size,
                new LedgerRow.When.OfWorld(entry.putNanos()), entry.status(), entry.fate(), entry.cause());
    }

    static List<LedgerRow> ordered(Stream<LedgerRow> rows) {
        return rows.sorted(Comparator.<LedgerRow>comparingInt(row -> ORDER.indexOf(row.fate()))
                .thenComparing(row -> row.offset().orElse(Long.MAX_VALUE), Comparator.reverseOrder()))
                .limit(MAX_ROWS)
                .toList();
    }

    private static Map<Fate, Map<Cause, Long>> copy(Map<Fate, Map<Cause, Long>> counts) {
        Map<Fate, Map<Cause, Long>> copy = new EnumMap<>(Fate.class);
        counts.forEach((fate, causes) -> copy.put(fate, Map.copyOf(causes)));
        return Map.copyOf(copy);
    }

    public long of(Fate fate) {
        return sum(counts.getOrDefault(fate, Map.of()).values());
    }

    public long of(Fate fate, Cause cause) {
        return counts.getOrDefault(fate, Map.of()).getOrDefault(cause, 0L);
    }

    /// Those that were answered with `PUT_OK`, whatever became of them.
    public long acknowledged() {
        return acknowledgedKept() + of(Fate.ACKNOWLEDGED_LOST) + beyond.unknown();
    }

    /// Those that are there as far as anybody can say.
    public long acknowledgedKept() {
        return of(Fate.ACKNOWLEDGED_KEPT) + beyond.kept();
    }

    /// Messages that are lost although the store had promised to keep them: there are none, unless the engine is wrong.
    public long brokenPromises() {
        return counts.values().stream().mapToLong(causes -> causes.getOrDefault(Cause.PROMISE_BROKEN, 0L)).sum();
    }

    /// Messages of which the ledger knows, one by one or not.
    public long messages() {
        return counts.values().stream().mapToLong(causes -> sum(causes.values())).sum() + beyond.messages();
    }

    private static long sum(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }
}
