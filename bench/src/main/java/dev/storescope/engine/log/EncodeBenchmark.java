package dev.storescope.engine.log;

import dev.storescope.bench.jmh.Scratch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a put does outside the put lock, and the copy that it does inside.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
    private static final long TARGET_BYTES = 64L << 20;

    @Param({"128", "1024"}) public int bodyBytes;
    private final Scratch scratch = new Scratch();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment target = arena.allocate(TARGET_BYTES);
    private PreparedRecord record;
    private MessageExtBrokerInner message;
    private long position;

    @Setup
    public void prepare() {
        record = new PreparedRecord(RecordLimits.of(MessageStoreConfig.builder(scratch.directory()).build()),
                new EncodedTopics());
        message = new MessageExtBrokerInner().topic("bench-topic-0")
                .queueId(1)
                .body(new byte[bodyBytes])
                .propertiesString(
                        "UNIQ_KEY\1" + "%032X".formatted(7) + "\2KEYS\1order-0123456789abcdef0123\2WAIT\1true\2");
        record.prepare(message);
    }

    @TearDown
    public void close() {
        arena.close();
        scratch.delete();
    }

    @Benchmark
    public PutMessageStatus encode() {
        return record.prepare(message);
    }

    @Benchmark
    public long copy() {
        if (position + record.sizeBytes() > TARGET_BYTES) {
            position = 0;
        }
        record.writeLocked(target, position, 1, position, 2);
        position += record.sizeBytes();
        return position;
    }
}
