package dev.storescope.bench.jmh;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.index.IndexKeys;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Following the log: what dispatch and recovery do for each record of 1 KiB of body, and what a frame of the window asks
/// for.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanBenchmark {
    private static final int RECORDS = 20_000;
    private static final int BODY_BYTES = 1_024;

    private BenchStore store;
    private SelectMappedBufferResult lease;
    private MemorySegment log;
    private final DispatchRequest request = new DispatchRequest();
    private final IndexKeys keys = new IndexKeys();

    @Setup
    public void fill() {
        store = new BenchStore(LiveEnvironment.withoutProbe());
        MessageExtBrokerInner message = BenchStore.message(1, BODY_BYTES);
        for (int i = 0; i < RECORDS; i++) {
            store.store().putMessage(message);
        }
        lease = store.store().getCommitLogData(0).orElseThrow();
        log = lease.segment();
    }

    @TearDown
    public void close() {
        lease.close();
        store.close();
    }

    private long scan(CrcCheck check) {
        RecordScanner scanner = new RecordScanner(log, 0, log.byteSize(), check);
        long sum = 0;
        while (scanner.next() == Found.RECORD) {
            sum += scanner.sizeBytes();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long scanRecords() {
        return scan(CrcCheck.SKIP);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long scanRecordsAndCheckCrc() {
        return scan(CrcCheck.CHECK);
    }

    /// Without queue and index themselves.
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long dispatchRequestAndKeys() {
        RecordScanner scanner = new RecordScanner(log, 0, log.byteSize(), CrcCheck.SKIP);
        long sum = 0;
        while (scanner.next() == Found.RECORD) {
            request.at(scanner);
            sum += keys.collect(request) + request.tagsHash() + request.queueOffset();
        }
        return sum;
    }

    @Benchmark
    public StoreSnapshot snapshot() {
        return store.store().snapshot();
    }
}
