package dev.storescope.app.session.ledger;

import dev.storescope.app.session.ledger.AckMarks.Mark;
import dev.storescope.app.session.ledger.LedgerReport.BeyondReach;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Compares what producers of a killed store had been told with what a store opened on its files has.
///
/// A message counts as kept when a record stands where it was put, of its size, topic, queue, queue offset and store
/// time; that the record is whole is what recovery has checked. What stands in the log and was acknowledged to nobody was
/// under way when the process died.
///
/// Threads: one.
public final class LiveLedger {
    private final AckMarks.Reading acknowledged;
    private final StoreSnapshot dead;
    private final MessageStore reopened;
    private final Map<Fate, Map<Cause, Long>> counts = new EnumMap<>(Fate.class);
    private final Map<Fate, Deque<LedgerRow>> rows = new EnumMap<>(Fate.class);

    private LiveLedger(AckMarks.Reading acknowledged, StoreSnapshot dead, MessageStore reopened) {
        this.acknowledged = acknowledged;
        this.dead = dead;
        this.reopened = reopened;
    }

    /// @param marks of the producers of the killed store, which are gone
    /// @param dead what the killed store was like at last
    /// @param reopened on the same files, before anything is put
    public static LedgerReport settle(AckMarks marks, StoreSnapshot dead, MessageStore reopened) {
        return new LiveLedger(marks.read(), dead, reopened).settle();
    }

    private LedgerReport settle() {
        long from = acknowledged.older() > 0 ? acknowledged.olderEndOffset() : dead.recovery().endOffset();
        var records = new LogWalk(reopened,
                acknowledged.marks().stream().mapToLong(Mark::offset).findFirst().orElse(from));
        Optional<LogStep.Record> record = records.next();
        for (Mark mark : acknowledged.marks()) {
            while (record.isPresent() && record.get().commitLogOffset() < mark.offset()) {
                addUnacknowledged(record.get(), from);
                record = records.next();
            }
            boolean isThere = record.filter(found -> isOf(found, mark)).isPresent();
            add(mark, isThere);
            if (isThere) {
                record = records.next();
            }
        }
        while (record.isPresent()) {
            addUnacknowledged(record.get(), from);
            record = records.next();
        }
        if (acknowledged.older() == 0) {
            countGone();
        }
        var positions = dead.log();
        var death = new Death(Crash.Kind.JVM_KILLED, OptionalLong.empty(), positions.flushed().offset(),
                positions.committed().offset(), positions.wrote().offset());
        return new LedgerReport(List.of(death), counts, beyondReach(),
                LedgerReport.ordered(rows.values().stream().flatMap(Deque::stream)), List.of());
    }

    private static boolean isOf(LogStep.Record record, Mark mark) {
        return record.commitLogOffset() == mark.offset()
                && record.sizeBytes() == mark.sizeBytes()
                && record.topic().equals(mark.topic())
                && record.queueId() == mark.queueId()
                && record.queueOffset() == mark.queueOffset()
                && record.storeTimestamp() == mark.storeTimestamp();
    }

    private void add(Mark mark, boolean isThere) {
        Fate fate;
        Cause cause;
        if (isThere) {
            fate = Fate.ACKNOWLEDGED_KEPT;
            cause = mark.endOffset() <= dead.log().flushed().offset() ? Cause.FORCED : Cause.IN_PAGE_CACHE;
        } else if (mark.offset() < reopened.getMinPhyOffset()) {
            fate = Fate.EXPIRED;
            cause = Cause.NONE;
        } else {
            fate = Fate.ACKNOWLEDGED_LOST;
            cause = mark.endOffset() > dead.log().committed().offset()
                    ? Cause.IN_WRITE_BUFFER
                    : Cause.PROMISE_BROKEN;
        }
        add(new LedgerRow(mark.topic(), mark.queueId(), OptionalLong.of(mark.queueOffset()),
                MessageProperties.find(mark.properties(), MessageProperties.KEYS), OptionalLong.of(mark.offset()),
                OptionalLong.of(mark.sizeBytes()), new LedgerRow.When.Date(mark.storeTimestamp()),
                Optional.of(PutMessageStatus.PUT_OK), fate, cause));
    }

    private void addUnacknowledged(LogStep.Record record, long from) {
        if (record.commitLogOffset() < from) {
            // One of those that the marks reach back to no longer.
            return;
        }
        long end = record.commitLogOffset() + record.sizeBytes();
        Cause cause = end <= dead.log().flushed().offset() ? Cause.FORCED : Cause.IN_PAGE_CACHE;
        add(new LedgerRow(record.topic(), record.queueId(), OptionalLong.of(record.queueOffset()),
                keysAt(record.commitLogOffset()), OptionalLong.of(record.commitLogOffset()),
                OptionalLong.of(record.sizeBytes()), new LedgerRow.When.Date(record.storeTimestamp()), Optional.empty(),
                Fate.UNACKNOWLEDGED_KEPT, cause));
    }

    private String keysAt(long offset) {
        boolean isShown = rows.getOrDefault(Fate.UNACKNOWLEDGED_KEPT, new ArrayDeque<>()).size()
                < LedgerReport.MAX_ROWS;
        return isShown ? reopened.lookMessageByOffset(offset).map(message -> message.keys()).orElse("") : "";
    }

    /// Of the rows of one fate the last are kept.
    private void add(LedgerRow row) {
        counts.computeIfAbsent(row.fate(), _ -> new EnumMap<>(Cause.class)).merge(row.cause(), 1L, Long::sum);
        Deque<LedgerRow> same = rows.computeIfAbsent(row.fate(), _ -> new ArrayDeque<>());
        same.addLast(row);
        if (same.size() > LedgerReport.MAX_ROWS) {
            same.removeFirst();
        }
    }

    /// What was appended, acknowledged to nobody, and is not there. Nobody knows these one by one.
    private void countGone() {
        long appended = dead.log().wrote().messages();
        long known = counts.values()
                .stream()
                .flatMap(causes -> causes.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        if (appended > known) {
            counts.put(Fate.UNACKNOWLEDGED_GONE, Map.of(Cause.IN_WRITE_BUFFER, appended - known));
        }
    }

    /// Whether the log is whole up to where the forgotten ones reached.
    private BeyondReach beyondReach() {
        if (acknowledged.older() == 0) {
            return BeyondReach.NOTHING;
        }
        boolean isWhole = acknowledged.olderEndOffset() <= reopened.getMaxPhyOffset()
                && dead.recovery().endOffset() >= reopened.getMinPhyOffset()
                && reopened.logHoles()
                        .stream()
                        .noneMatch(hole -> hole.fromOffset() < acknowledged.olderEndOffset()
                                && hole.toOffset() > dead.recovery().endOffset());
        return isWhole ? new BeyondReach(acknowledged.older(), 0) : new BeyondReach(0, acknowledged.older());
    }
}
