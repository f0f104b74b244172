package dev.storescope.app.session.scenario;

import dev.storescope.engine.api.StoreSnapshot;
import java.util.function.ToLongFunction;

/// A figure of a running store that a condition can be about.
public enum Quantity {
    /// What a power cut would take.
    FLUSH_BEHIND("flushBehind", Measure.BYTES, store -> store.log().unflushedBytes()),
    /// What would die with the JVM: only in write buffers.
    COMMIT_BEHIND("commitBehind", Measure.BYTES, store -> store.log().uncommittedBytes()),
    /// Readable, and not yet in queues and index.
    DISPATCH_BEHIND("dispatchBehind", Measure.BYTES, store -> store.dispatch().behindBytes()),
    /// Offset up to which bytes were put.
    WROTE("wrote", Measure.BYTES, store -> store.log().wrote().offset()),
    /// Offset up to which bytes are in the page cache.
    COMMITTED("committed", Measure.BYTES, store -> store.log().committed().offset()),
    /// Offset up to which the disk was forced.
    FLUSHED("flushed", Measure.BYTES, store -> store.log().flushed().offset()),
    /// Sync flush: puts that wait for the next batch.
    REQUESTS_WRITE("requestsWrite", Measure.COUNT, store -> store.flush().requestsWrite()),
    /// Sync flush: puts of the batch that is being served.
    REQUESTS_READ("requestsRead", Measure.COUNT, store -> store.flush().requestsRead()),
    /// Messages appended since the store was opened.
    MESSAGES("messages", Measure.COUNT, store -> store.counters().messages()),
    /// Puts that were answered with anything but PUT_OK.
    REFUSED("refused", Measure.COUNT, store -> store.counters().failedPuts()),
    /// Files of the log, prepared ones among them.
    FILES("files", Measure.COUNT, store -> store.files().size()),
    /// Buffers of the pool that are not lent.
    BUFFERS_FREE("buffersFree", Measure.COUNT, store -> store.pool().free());

    private final String word;
    private final Measure measure;
    private final ToLongFunction<StoreSnapshot> reading;

    Quantity(String word, Measure measure, ToLongFunction<StoreSnapshot> reading) {
        this.word = word;
        this.measure = measure;
        this.reading = reading;
    }

    /// As in a file.
    public String word() {
        return word;
    }

    public Measure measure() {
        return measure;
    }

    public long in(StoreSnapshot store) {
        return reading.applyAsLong(store);
    }
}
