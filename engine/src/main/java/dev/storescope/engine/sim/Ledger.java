package dev.storescope.engine.sim;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// What producers tried to put into a simulated store, what they were answered, and what a crash left of it.
///
/// Threads: written by whoever has the baton of the world; read while the world stands.
public final class Ledger {
    private static final long UNKNOWN = -1;

    private final List<Put> puts = new ArrayList<>();
    private final Map<String, Put> underWay = new HashMap<>();
    private final List<Crash> crashes = new ArrayList<>();
    private List<Stranger> strangers = List.of();
    private long messages;
    /// Up to where everything is known to have been forced by the crash before.
    private long flushedOffset;
    /// Up to where everything is known to have been in the page cache at the crash before.
    private long cachedOffset;
    /// Crashes that a recovery has looked at.
    private int settledCrashes;

    Ledger() {
    }

    /// Something in the log that nobody put, or that is there twice, or that a crash before had taken.
    ///
    /// @param reason what is odd about it
    public record Stranger(long offset, String topic, int queueId, String reason) {
    }

    /// Every message in the order of puts.
    public List<LedgerEntry> entries() {
        return entries(entry -> true);
    }

    public List<LedgerEntry> entries(Predicate<LedgerEntry> wanted) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (Put put : puts) {
            for (int i = 0; i < put.size(); i++) {
                LedgerEntry entry = put.entry(i);
                if (wanted.test(entry)) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /// How many messages have each fate.
    public Map<Fate, Long> counts() {
        Map<Fate, Long> counts = new EnumMap<>(Fate.class);
        for (Put put : puts) {
            for (Fate fate : put.fates) {
                counts.merge(fate, 1L, Long::sum);
            }
        }
        return counts;
    }

    /// Messages that were put.
    public long messages() {
        return messages;
    }

    /// Messages that were answered with `PUT_OK`.
    public long acknowledged() {
        return puts.stream().filter(put -> put.status == PutMessageStatus.PUT_OK).mapToLong(Put::size).sum();
    }

    public List<Crash> crashes() {
        return List.copyOf(crashes);
    }

    /// What the last recovery left in the log that should not be there.
    public List<Stranger> strangers() {
        return strangers;
    }

    /// Messages that are lost against the store's promise, as the last recovery left them.
    public List<LedgerEntry> brokenPromises() {
        return entries(entry -> entry.cause() == Cause.PROMISE_BROKEN);
    }

    Put begin(String thread, long step, long nanos, List<MessageExtBrokerInner> content) {
        Put put = new Put(thread, step, nanos, messages, content);
        messages += content.size();
        puts.add(put);
        underWay.put(thread, put);
        return put;
    }

    /// A thread has appended.
    void appended(String thread, long offset, long sizeBytes) {
        Put put = underWay.get(thread);
        if (put != null) {
            put.at(offset, offset + sizeBytes);
        }
    }

    void answered(Put put, long step, PutMessageResult result) {
        put.answerStep = step;
        put.status = result.status();
        underWay.remove(put.thread, put);
        AppendMessageResult append = result.append();
        if (result.isStored()) {
            put.at(append);
        }
    }

    /// @param pointers empty when the store had not come so far that it had any
    void crashed(Crash.Kind kind, long step, long nanos, Optional<Pointers> pointers) {
        pointers.ifPresent(it -> {
            flushedOffset = it.flushed();
            cachedOffset = it.cached();
        });
        if (kind == Crash.Kind.POWER_CUT) {
            crashes.add(new Crash(kind, step, nanos, flushedOffset, cachedOffset, wrote(pointers)));
            cachedOffset = flushedOffset;
        } else {
            crashes.add(new Crash(kind, step, nanos, flushedOffset, cachedOffset, wrote(pointers)));
        }
        underWay.clear();
    }

    private long wrote(Optional<Pointers> pointers) {
        return pointers.map(Pointers::wrote).orElse(cachedOffset);
    }

    /// Where the pointers of the log stand.
    record Pointers(long flushed, long cached, long wrote) {
    }

    /// Looks for every message in a store that was just recovered from crashes.
    void settle(MessageStore store) {
        if (settledCrashes == crashes.size()) {
            return;
        }
        List<Crash> since = crashes.subList(settledCrashes, crashes.size());
        settledCrashes = crashes.size();
        FoundMessages found = FoundMessages.in(store);
        long minOffset = store.getMinPhyOffset();
        // Those of which it is known where they stand come first: of several with one content each finds its own.
        for (boolean known : new boolean[] {true, false}) {
            for (Put put : puts) {
                for (int i = 0; i < put.size(); i++) {
                    if (put.offsets[i] >= 0 == known) {
                        settle(put, i, found, minOffset, since);
                    }
                }
            }
        }
        strangers = found.left();
        long end = store.getMaxPhyOffset();
        flushedOffset = end;
        cachedOffset = end;
    }

    private void settle(Put put, int index, FoundMessages found, long minOffset, List<Crash> since) {
        Fate before = put.fates[index];
        if (before == Fate.ACKNOWLEDGED_LOST || before == Fate.UNACKNOWLEDGED_GONE || before == Fate.EXPIRED) {
            // One that is there again is left over, and found odd.
            return;
        }
        long offset = found.take(put.hashes[index], put.offsets[index]);
        boolean acknowledged = put.status == PutMessageStatus.PUT_OK;
        if (offset >= 0) {
            put.offsets[index] = offset;
            put.fates[index] = acknowledged ? Fate.ACKNOWLEDGED_KEPT : Fate.UNACKNOWLEDGED_KEPT;
            put.causes[index] = whyKept(put.ends[index], since);
        } else if (put.offsets[index] >= 0 && put.offsets[index] < minOffset) {
            put.fates[index] = Fate.EXPIRED;
            put.causes[index] = Cause.NONE;
        } else {
            put.fates[index] = acknowledged ? Fate.ACKNOWLEDGED_LOST : Fate.UNACKNOWLEDGED_GONE;
            put.causes[index] = whyGone(put, index, since);
        }
    }

    /// Of several crashes, the second while the first was recovered from, any may have spared it.
    private static Cause whyKept(long end, List<Crash> since) {
        Cause cause = Cause.FORCED;
        for (Crash crash : since) {
            if (end == UNKNOWN || end > crash.flushedOffset()) {
                boolean cut = crash.kind() == Crash.Kind.POWER_CUT || cause == Cause.WRITTEN_BACK;
                cause = cut ? Cause.WRITTEN_BACK : Cause.IN_PAGE_CACHE;
            }
        }
        return cause;
    }

    /// Of several crashes, the first that may have taken it.
    private Cause whyGone(Put put, int index, List<Crash> since) {
        long end = put.ends[index];
        if (end == UNKNOWN) {
            return Cause.NEVER_APPENDED;
        }
        if (end <= flushedOffset || end <= cachedOffset
                || put.forced && put.status == PutMessageStatus.PUT_OK) {
            return Cause.PROMISE_BROKEN;
        }
        for (Crash crash : since) {
            if (end > crash.cachedOffset()) {
                return Cause.IN_WRITE_BUFFER;
            }
            if (crash.kind() == Crash.Kind.POWER_CUT && end > crash.flushedOffset()) {
                return Cause.BEYOND_FLUSHED;
            }
        }
        return Cause.PROMISE_BROKEN;
    }

    /// The put that a producer waits for promises that it was forced.
    void promisesForce(Put put) {
        put.forced = true;
    }

    /// One put, of one message or a batch.
    static final class Put {
        private final String thread;
        private final long step;
        private final long nanos;
        private final long firstNumber;
        private final String[] topics;
        private final String[] keys;
        private final int[] queueIds;
        private final int[] bodySizes;
        private final long[] hashes;
        private final long[] offsets;
        private final long[] ends;
        private final Fate[] fates;
        private final Cause[] causes;
        /// Whether the answer `PUT_OK` says that it was forced.
        private boolean forced;
        private long answerStep = UNKNOWN;
        private PutMessageStatus status;

        private Put(String thread, long step, long nanos, long firstNumber, List<MessageExtBrokerInner> content) {
            this.thread = thread;
            this.step = step;
            this.nanos = nanos;
            this.firstNumber = firstNumber;
            int count = content.size();
            topics = new String[count];
            keys = new String[count];
            queueIds = new int[count];
            bodySizes = new int[count];
            hashes = new long[count];
            offsets = new long[count];
            ends = new long[count];
            fates = new Fate[count];
            causes = new Cause[count];
            for (int i = 0; i < count; i++) {
                MessageExtBrokerInner message = content.get(i);
                topics[i] = message.topic();
                keys[i] = message.propertiesString();
                queueIds[i] = message.queueId();
                bodySizes[i] = message.bodySizeBytes();
                hashes[i] = ContentHash.of(message);
                offsets[i] = UNKNOWN;
                ends[i] = UNKNOWN;
                fates[i] = Fate.OPEN;
                causes[i] = Cause.NONE;
            }
        }

        private int size() {
            return hashes.length;
        }

        /// Where the records of a batch divide is not known yet: each counts as reaching to the end.
        private void at(long offset, long endOffset) {
            Arrays.fill(ends, endOffset);
            offsets[0] = offset;
        }

        private void at(AppendMessageResult append) {
            if (size() == 1) {
                offsets[0] = append.wroteOffset();
                ends[0] = append.nextOffset();
                return;
            }
            long[] starts = append.batchOffsets();
            for (int i = 0; i < size(); i++) {
                offsets[i] = starts[i];
                ends[i] = i + 1 < starts.length ? starts[i + 1] : append.nextOffset();
            }
        }

        private LedgerEntry entry(int i) {
            return new LedgerEntry(firstNumber + i, topics[i], queueIds[i],
                    MessageProperties.find(keys[i],
                            MessageProperties.KEYS),
                    bodySizes[i], hashes[i], step, nanos, known(answerStep), Optional.ofNullable(status),
                    known(offsets[i]),
                    known(ends[i]), fates[i], causes[i]);
        }

        private static OptionalLong known(long value) {
            return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }
}
