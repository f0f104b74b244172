package dev.storescope.bench.jmh;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.env.LiveEnvironment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Puts of 128 bytes under async flush by 1 to 64 producers, with probes and without; queues and index are kept up beside
/// it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {
    private static final int BODY_BYTES = 128;

    /// Whether the store tells what happens.
    public enum Probe {
        OFF, ON
    }

    @Param public Probe probe;
    private BenchStore store;

    @State(Scope.Thread)
    public static class Producer {
        private final MessageExtBrokerInner message = BenchStore.message(Thread.currentThread().threadId(),
                BODY_BYTES);
    }

    @Setup(Level.Iteration)
    public void open() {
        store = new BenchStore(switch (probe) {
            case OFF -> LiveEnvironment.withoutProbe();
            case ON -> LiveEnvironment.create();
        });
    }

    @TearDown(Level.Iteration)
    public void close() {
        store.close();
    }

    private PutMessageResult put(Producer producer) {
        return store.store().putMessage(producer.message);
    }

    @Benchmark
    @Threads(1)
    public PutMessageResult producers01(Producer producer) {
        return put(producer);
    }

    @Benchmark
    @Threads(4)
    public PutMessageResult producers04(Producer producer) {
        return put(producer);
    }

    @Benchmark
    @Threads(16)
    public PutMessageResult producers16(Producer producer) {
        return put(producer);
    }

    @Benchmark
    @Threads(64)
    public PutMessageResult producers64(Producer producer) {
        return put(producer);
    }
}
