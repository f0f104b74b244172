package dev.storescope.engine.index;

import dev.storescope.engine.dispatch.CommitLogDispatcher.Lacking;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.BesideWork;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Puts the keys of many records into the index beside the one that reads the records: while he collects the keys of some
/// thousand, those of the thousands before are put. The order of the entries is that of the records.
///
/// Threads: the one that dispatches.
final class IndexBatch {
    /// Records whose keys are put at a time; to hand them over costs a hundredth of putting them.
    private static final int CHUNK_RECORDS = 2_048;
    /// Records whose slots are brought from memory together, and for which the lock is held.
    private static final int GROUP_RECORDS = 16;

    private final StoreEnvironment environment;
    private final IndexService index;
    private final PutMessageLock lock;
    private final IntSupplier beginnings;
    private final IndexKeys keys = new IndexKeys();
    private Chunk collected = new Chunk();
    private Chunk put = new Chunk();
    private BesideWork putting = BesideWork.DONE;
    private int beginning;
    private int records;
    // Written by who puts, read when he has ended.
    private Optional<Lacking> lacking = Optional.empty();
    private int slotsRead;

    /// @param beginnings asked for under the index's lock: once this has changed, somebody else builds what is not put yet
    IndexBatch(StoreEnvironment environment, IndexService index, IntSupplier beginnings) {
        this.environment = environment;
        this.index = index;
        this.lock = index.lock();
        this.beginnings = beginnings;
    }

    void begin() {
        beginning = beginnings.getAsInt();
        records = 0;
        lacking = Optional.empty();
    }

    /// Takes the keys of a record; the first that has some is not put yet when this returns.
    ///
    /// @return whether it has any
    boolean add(DispatchRequest request) {
        int count = keys.collect(request);
        if (count > 0) {
            collected.add(request, records, keys.hashes(), count);
        }
        records++;
        if (collected.size == CHUNK_RECORDS) {
            handOver();
        }
        return count > 0;
    }

    private void handOver() {
        awaitPut();
        Chunk full = collected;
        collected = put;
        put = full;
        try {
            putting = environment.beginBeside("putIndex", () -> put(full));
        } catch (IOException | OutOfMemoryError e) {
            put(full); // a process that finds no room for a thread
        }
    }

    private void awaitPut() {
        try {
            putting.await();
        } catch (IOException e) {
            throw new IllegalStateException(e); // what is done there throws none
        } finally {
            putting = BesideWork.DONE;
        }
    }

    /// Returns when all is put.
    ///
    /// @return the first record that the index did not take
    Optional<Lacking> end() {
        awaitPut();
        put(collected);
        return lacking;
    }

    /// Returns when nobody puts any more; what is not put yet never is.
    void abandon() {
        awaitPut();
        collected.clear();
    }

    private void put(Chunk chunk) {
        for (int from = 0; from < chunk.size && lacking.isEmpty(); from += GROUP_RECORDS) {
            int to = Math.min(from + GROUP_RECORDS, chunk.size);
            lock.lock();
            try {
                if (beginnings.getAsInt() != beginning) {
                    break;
                }
                put(chunk, from, to);
            } finally {
                lock.unlock();
            }
        }
        chunk.clear();
    }

    private void put(Chunk chunk, int from, int to) {
        int at = from;
        try {
            slotsRead += index.readSlots(chunk.hashes, chunk.hashesFrom(from), chunk.hashesFrom(to));
            for (; at < to; at++) {
                index.put(chunk.offsets[at], chunk.storeTimestamps[at], chunk.hashes, chunk.hashesFrom(at),
                        chunk.hashesFrom(at + 1));
            }
        } catch (RuntimeException | VirtualMachineError e) {
            // Whatever it was: thrown to the one that dispatches when the record comes again.
            lacking = Optional.of(new Lacking(chunk.offsets[at], chunk.recordsBefore[at]));
        }
    }

    /// The keys of some records.
    private static final class Chunk {
        private final long[] offsets = new long[CHUNK_RECORDS];
        private final long[] storeTimestamps = new long[CHUNK_RECORDS];
        private final int[] recordsBefore = new int[CHUNK_RECORDS];
        private final int[] hashesEnd = new int[CHUNK_RECORDS];
        private int[] hashes = new int[4 * CHUNK_RECORDS];
        private int size;

        private void add(DispatchRequest request, int before, int[] hashesOfRecord, int count) {
            int from = hashesFrom(size);
            if (from + count > hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * (from + count));
            }
            System.arraycopy(hashesOfRecord, 0, hashes, from, count);
            offsets[size] = request.commitLogOffset();
            storeTimestamps[size] = request.storeTimestamp();
            recordsBefore[size] = before;
            hashesEnd[size] = from + count;
            size++;
        }

        private int hashesFrom(int record) {
            return record == 0 ? 0 : hashesEnd[record - 1];
        }

        private void clear() {
            size = 0;
        }
    }
}
