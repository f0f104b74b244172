package dev.storescope.engine.queue;

import dev.storescope.bench.jmh.Scratch;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.file.MappedFileQueue.Options;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Entries into one consume queue with files of the default size.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class ConsumeQueueBenchmark {
    private static final int ENTRIES = 1_000_000;
    private static final long FILE_BYTES = 6_000_000;

    private Scratch scratch;
    private ConsumeQueue queue;

    @Setup(Level.Iteration)
    public void make() {
        scratch = new Scratch();
        queue = new ConsumeQueue(LiveEnvironment.withoutProbe(), "bench-topic-0", 0,
                Options.of(scratch.directory(), FILE_BYTES, "mappedFileSizeConsumeQueue"));
    }

    @TearDown(Level.Iteration)
    public void close() {
        queue.files().close();
        scratch.delete();
    }

    /// Milliseconds for a million entries: nanoseconds for one.
    @Benchmark
    public long millionEntries() throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            queue.append(i, 1_200L * i, 1_200, 0);
        }
        return queue.maxQueueOffset();
    }
}
