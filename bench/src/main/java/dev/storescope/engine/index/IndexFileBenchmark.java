package dev.storescope.engine.index;

import dev.storescope.bench.jmh.Scratch;
import dev.storescope.engine.env.FileDisk;
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

/// A key into an index file of the default size: its slot lies anywhere, its entry behind the last.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class IndexFileBenchmark {
    private static final int ENTRIES = 1_000_000;
    private static final int MULTIPLIER = 0x9E3779B1;

    private Scratch scratch;
    private IndexFile file;

    @Setup(Level.Iteration)
    public void make() throws IOException {
        scratch = new Scratch();
        file = new IndexFile(new FileDisk().createSparse(scratch.directory().resolve("index"),
                IndexGeometry.DEFAULT.fileSizeBytes()), IndexGeometry.DEFAULT);
    }

    @TearDown(Level.Iteration)
    public void close() {
        file.close();
        scratch.delete();
    }

    /// Milliseconds for a million entries: nanoseconds for one.
    @Benchmark
    public int millionEntries() {
        int last = 0;
        for (int i = 0; i < ENTRIES; i++) {
            last = file.put(i * MULTIPLIER & Integer.MAX_VALUE, 1_000L * i, 1_700_000_000_000L + i / 1_000);
        }
        return last;
    }
}
