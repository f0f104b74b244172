package dev.storescope.engine.torture;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.sim.Ledger;
import dev.storescope.engine.sim.LedgerEntry;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Goes through a recovered store as its users would, and holds it against the ledger: every message that is kept is in its
/// queue, at its place, and found by its key; and nothing else is.
///
/// Threads: the one that drives the world, which stands still.
final class StoreAudit {
    private static final Set<Fate> KEPT = Set.of(Fate.ACKNOWLEDGED_KEPT, Fate.UNACKNOWLEDGED_KEPT);
    private static final int MOST_MESSAGES = 32;
    private static final int KEYS_TRIED = 8;

    private final MessageStore store;
    private final Consumer<String> violated;

    StoreAudit(MessageStore store, Consumer<String> violated) {
        this.store = store;
        this.violated = violated;
    }

    /// @return a text that is the same for two stores with the same content
    String run(Ledger ledger) {
        ledger.brokenPromises().forEach(entry -> violated.accept("lost against its promise: " + entry));
        ledger.strangers().forEach(stranger -> violated.accept("in the log, but not expected there: " + stranger));
        StoreSnapshot snapshot = store.snapshot();
        if (!snapshot.recovery().holes().isEmpty()) {
            violated.accept("no byte of the disk was damaged: expected no holes, found " + snapshot.recovery().holes());
        }
        Set<Long> kept = new TreeSet<>();
        for (LedgerEntry entry : ledger.entries(entry -> isToBeThere(entry, snapshot))) {
            entry.offset().ifPresent(kept::add);
        }
        // Since a clean stop nobody has looked what became of those that were not acknowledged.
        boolean allKnown = ledger.entries(entry -> entry.fate() == Fate.OPEN && entry.offset().isPresent()).isEmpty();
        StringBuilder content = new StringBuilder("end %d".formatted(store.getMaxPhyOffset()));
        Set<Long> found = new TreeSet<>();
        for (QueueSnapshot queue : snapshot.dispatch().queues()) {
            content.append('\n').append(queue.topic()).append(' ').append(queue.queueId()).append(' ');
            found.addAll(read(queue));
            content.append(queue.minOffset()).append(' ').append(queue.maxOffset());
        }
        if (allKnown ? !found.equals(kept) : !found.containsAll(kept)) {
            violated.accept("queues: expected the messages at %s, found those at %s".formatted(kept, found));
        }
        if (store.config().flag(StoreSetting.MESSAGE_INDEX_ENABLE)) {
            findByKey(ledger);
        }
        return content.append('\n').append(found).toString();
    }

    private static boolean isToBeThere(LedgerEntry entry, StoreSnapshot snapshot) {
        return KEPT.contains(entry.fate()) || entry.fate() == Fate.OPEN && entry.isAcknowledged()
                && snapshot.recovery().lastStop() == LastStop.CLEAN;
    }

    private Set<Long> read(QueueSnapshot queue) {
        Set<Long> offsets = new TreeSet<>();
        long next = queue.minOffset();
        long last = -1;
        while (next < queue.maxOffset()) {
            try (GetMessageResult result = store.getMessage("audit", queue.topic(), queue.queueId(), next,
                    MOST_MESSAGES, MessageFilter.ALL)) {
                if (result.status() != GetMessageStatus.FOUND) {
                    violated.accept("queue %s-%d, offset %d of %d: expected FOUND, found %s".formatted(queue.topic(),
                            queue.queueId(), next, queue.maxOffset(), result.status()));
                    return offsets;
                }
                for (MessageExt message : result.messages()) {
                    if (message.queueOffset() != next || message.commitLogOffset() <= last) {
                        violated.accept(
                                "queue %s-%d: expected the message of offset %d behind %d of the log, found offset %d at %d"
                                        .formatted(queue.topic(), queue.queueId(), next, last, message.queueOffset(),
                                                message.commitLogOffset()));
                    }
                    last = message.commitLogOffset();
                    offsets.add(last);
                    next++;
                }
            }
        }
        return offsets;
    }

    private void findByKey(Ledger ledger) {
        List<LedgerEntry> kept = ledger.entries(entry -> KEPT.contains(entry.fate()) && entry.offset().isPresent()
                && !entry.keys().isEmpty());
        for (int i = 0; i < Math.min(KEYS_TRIED, kept.size()); i++) {
            LedgerEntry entry = kept.get((int) ((long) i * (kept.size() - 1) / KEYS_TRIED));
            QueryMessageResult result = store.queryMessage(entry.topic(), entry.keys(), MOST_MESSAGES, 0,
                    Long.MAX_VALUE);
            if (result.messages().stream().noneMatch(it -> it.commitLogOffset() == entry.offset().getAsLong())) {
                violated.accept("key '%s' of topic '%s': expected to find the message at offset %d, found %d others"
                        .formatted(entry.keys(), entry.topic(), entry.offset().getAsLong(),
                                result.messages().size()));
            }
        }
    }
}
