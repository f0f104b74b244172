package dev.storescope.app.session.ledger;

import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.load.AckListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Where the messages stand that producers were told are stored: of the last [#MAX_MARKS] or so each one, of those
/// before only how many there were and how far they reached.
///
/// Threads: any number of producers; [#read()] by any.
public final class AckMarks implements AckListener {
    /// About 15 MB with their keys; what a pool of some seconds holds back at a hundred thousand messages a second.
    static final int MAX_MARKS = 1 << 18;
    private static final int STRIPES = 32;
    private static final int FIRST_MARKS = 256;

    /// Producers hardly ever meet in one: each has a thread of its own.
    private final Stripe[] stripes = new Stripe[STRIPES];
    /// Marks that all stripes have room for.
    private final AtomicInteger room = new AtomicInteger(STRIPES * FIRST_MARKS);
    private final int maxMarks;

    public AckMarks() {
        this(MAX_MARKS);
    }

    /// @param maxMarks at least 8,192
    AckMarks(int maxMarks) {
        this.maxMarks = maxMarks;
        Arrays.setAll(stripes, _ -> new Stripe());
    }

    /// One acknowledged message.
    ///
    /// @param properties as they were put; the keys are among them
    record Mark(long offset, int sizeBytes, String topic, int queueId, long queueOffset, long storeTimestamp,
            String properties) {
        long endOffset() {
            return offset + sizeBytes;
        }
    }

    /// @param marks by offset
    /// @param older how many there were before the oldest of each producer
    /// @param olderEndOffset up to where these reached at most; 0 when there were none
    record Reading(List<Mark> marks, long older, long olderEndOffset) {
    }

    @Override
    public void onAcknowledged(MessageExtBrokerInner message, AppendMessageResult append) {
        stripes[(int) (Thread.currentThread().threadId() % STRIPES)].add(message, append);
    }

    Reading read() {
        List<Mark> marks = new ArrayList<>();
        long older = 0;
        long olderEnd = 0;
        for (Stripe stripe : stripes) {
            stripe.lock.lock();
            try {
                stripe.addTo(marks);
                older += stripe.older;
                olderEnd = Math.max(olderEnd, stripe.olderEndOffset);
            } finally {
                stripe.lock.unlock();
            }
        }
        marks.sort(Comparator.comparingLong(Mark::offset));
        return new Reading(marks, older, olderEnd);
    }

    /// A ring that grows while there is room left for all. Makes no garbage while it does not.
    private final class Stripe {
        /// Guards all below, while one mark is written.
        private final ReentrantLock lock = new ReentrantLock();
        private long[] offsets = new long[FIRST_MARKS];
        private int[] sizes = new int[FIRST_MARKS];
        private String[] topics = new String[FIRST_MARKS];
        private int[] queueIds = new int[FIRST_MARKS];
        private long[] queueOffsets = new long[FIRST_MARKS];
        private long[] storeTimestamps = new long[FIRST_MARKS];
        private String[] properties = new String[FIRST_MARKS];
        private long count;
        private long older;
        private long olderEndOffset;

        private void add(MessageExtBrokerInner message, AppendMessageResult append) {
            lock.lock();
            try {
                if (count - older == offsets.length && !grow()) {
                    int oldest = at(older);
                    olderEndOffset = Math.max(olderEndOffset, offsets[oldest] + sizes[oldest]);
                    older++;
                }
                int slot = at(count++);
                offsets[slot] = append.wroteOffset();
                sizes[slot] = append.wroteBytes();
                topics[slot] = message.topic();
                queueIds[slot] = message.queueId();
                queueOffsets[slot] = append.queueOffset();
                storeTimestamps[slot] = append.storeTimestamp();
                properties[slot] = message.propertiesString();
            } finally {
                lock.unlock();
            }
        }

        private int at(long number) {
            return (int) (number % offsets.length);
        }

        /// Only before anything was forgotten, so that the ring still begins at its first slot.
        private boolean grow() {
            int more = offsets.length;
            if (older > 0 || room.addAndGet(more) > maxMarks) {
                if (older == 0) {
                    room.addAndGet(-more);
                }
                return false;
            }
            int length = 2 * more;
            offsets = Arrays.copyOf(offsets, length);
            sizes = Arrays.copyOf(sizes, length);
            topics = Arrays.copyOf(topics, length);
            queueIds = Arrays.copyOf(queueIds, length);
            queueOffsets = Arrays.copyOf(queueOffsets, length);
            storeTimestamps = Arrays.copyOf(storeTimestamps, length);
            properties = Arrays.copyOf(properties, length);
            return true;
        }

        private void addTo(List<Mark> marks) {
            for (long number = older; number < count; number++) {
                int slot = at(number);
                marks.add(new Mark(offsets[slot], sizes[slot], topics[slot], queueIds[slot], queueOffsets[slot],
                        storeTimestamps[slot], properties[slot]));
            }
        }
    }
}
