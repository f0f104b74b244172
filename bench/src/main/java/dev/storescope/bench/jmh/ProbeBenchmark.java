package dev.storescope.bench.jmh;

import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.StoreProbe;
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
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to tell, with a probe and without: what the dispatch tells of a message, and what a put tells that is sampled.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProbeBenchmark {
    private static final int MESSAGE_BYTES = 1_240;

    @Param public AppendBenchmark.Probe probe;
    private StoreEnvironment environment;
    private long offset;

    @Setup
    public void make() {
        environment = switch (probe) {
            case OFF -> LiveEnvironment.withoutProbe();
            case ON -> LiveEnvironment.create();
        };
    }

    private StoreProbe probe() {
        return environment.probe();
    }

    /// A message with two keys, dispatched flat out.
    @Benchmark
    public long dispatchedMessage() {
        offset += MESSAGE_BYTES;
        probe().event(ProbePoint.QUEUE_ENTRY, offset, offset);
        probe().event(ProbePoint.INDEX_ENTRY, offset, offset);
        probe().event(ProbePoint.INDEX_ENTRY, offset, offset + 1);
        probe().event(ProbePoint.DISPATCHED, offset, MESSAGE_BYTES);
        return offset;
    }

    /// At times that were read before: what reads the clock is the same without a probe.
    @Benchmark
    public long sampledPut() {
        offset += MESSAGE_BYTES;
        probe().eventAt(offset, ProbePoint.PUT_BEGIN, MESSAGE_BYTES, 0, 0);
        probe().eventAt(offset, ProbePoint.LOCK_WAIT, 0, 0, 0);
        probe().eventAt(offset, ProbePoint.LOCK_ACQUIRED, 0, 0, 0);
        probe().eventAt(offset, ProbePoint.APPEND, offset, MESSAGE_BYTES, 0);
        probe().eventAt(offset, ProbePoint.LOCK_RELEASED, 0, 0, 0);
        probe().eventAt(offset, ProbePoint.FLUSH_REQUESTED, offset, 0, 0);
        probe().eventAt(offset, ProbePoint.PUT_END, offset, 0, 0);
        return offset;
    }
}
