package dev.storescope.bench.jmh;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.LeasedRecords;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.env.LiveEnvironment;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/// Reading 32 messages at a time, of 1 KiB of body: once only where they are, once every byte of them. Time is for one
/// message; `-prof gc` tells what is allocated for one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
    private static final int MESSAGES_A_READ = 32;
    private static final int RECORDS = 20_000;
    private static final int BODY_BYTES = 1_024;

    private BenchStore store;
    private long next;

    @Setup
    public void fill() {
        store = new BenchStore(LiveEnvironment.withoutProbe());
        MessageExtBrokerInner message = BenchStore.message(0, BODY_BYTES);
        for (int i = 0; i < RECORDS; i++) {
            store.store().putMessage(message);
        }
        while (store.store().dispatchBehindBytes() > 0) {
            Thread.onSpinWait();
        }
    }

    @TearDown
    public void close() {
        store.close();
    }

    private GetMessageResult read() {
        GetMessageResult result = store.store()
                .getMessage("bench", BenchStore.TOPIC, 0, next, MESSAGES_A_READ, MessageFilter.ALL);
        next = result.nextBeginOffset() + MESSAGES_A_READ > RECORDS ? 0 : result.nextBeginOffset();
        return result;
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES_A_READ)
    public long find() {
        try (GetMessageResult result = read()) {
            return result.bufferTotalSizeBytes();
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES_A_READ)
    public long findAndTouch() {
        long sum = 0;
        try (GetMessageResult result = read()) {
            LeasedRecords records = result.records();
            for (int i = 0; i < records.size(); i++) {
                sum += sum(records.fileBytes(i), records.position(i), records.sizeBytes(i));
            }
        }
        return sum;
    }

    /// By words, counted with an int: the compiler then takes the checks out of the loop.
    private static long sum(MemorySegment bytes, long from, int sizeBytes) {
        int words = sizeBytes / Long.BYTES;
        long sum = 0;
        for (int i = 0; i < words; i++) {
            sum += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) i * Long.BYTES);
        }
        return sum;
    }
}
