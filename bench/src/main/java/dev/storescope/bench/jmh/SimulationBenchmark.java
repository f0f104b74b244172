package dev.storescope.bench.jmh;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.disk.DiskModel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Scheduling points that the simulated world makes in a second: eight producers that put flat out, and the store's
/// services.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SimulationBenchmark {
    private static final int STEPS = 100_000;
    private static final int PRODUCERS = 8;
    private static final int BODY_BYTES = 256;
    private static final long SEGMENT_BYTES = 1 << 20;

    @Param public FlushDiskType flushDiskType;
    private Simulation simulation;

    @Setup(Level.Iteration)
    public void start() {
        MessageStoreConfig config = MessageStoreConfig.builder(Path.of("/store"))
                .set(StoreSetting.FLUSH_DISK_TYPE, flushDiskType)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES)
                .build();
        simulation = Simulation.start(SimulationSpec.builder(config)
                .seed(7)
                .model(DiskModel.NVME)
                .load(LoadSpec.builder().producers(PRODUCERS).body(new BodySize.Fixed(BODY_BYTES)).build())
                .build());
    }

    @TearDown(Level.Iteration)
    public void close() {
        simulation.close();
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public long schedulingPoints() {
        simulation.run(Until.step(simulation.steps() + STEPS));
        return simulation.steps();
    }
}
