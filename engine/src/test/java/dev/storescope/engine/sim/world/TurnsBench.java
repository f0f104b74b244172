package dev.storescope.engine.sim.world;

import com.sun.management.OperatingSystemMXBean;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.testing.Stores;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// How many scheduling points a second the simulated world makes: a program, to be run by hand.
///
/// `java -cp ... dev.storescope.engine.sim.world.TurnsBench [rounds] [steps]`
final class TurnsBench {
    private TurnsBench() {
    }

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        long steps = arguments.length > 1 ? Long.parseLong(arguments[1]) : 2_000_000;
        for (int round = 0; round < rounds; round++) {
            for (FlushDiskType type : FlushDiskType.values()) {
                measure(type, steps);
            }
        }
    }

    private static void measure(FlushDiskType type, long steps) {
        SimulatedEnvironment environment = new SimulatedEnvironment(7, DiskModel.NVME);
        MessageStoreConfig config = Stores.config()
                .set(StoreSetting.FLUSH_DISK_TYPE, type)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
                .build();
        MessageStore store = MessageStoreFactory.create(config, environment);
        store.load();
        store.start();
        LoadDriver load = new LoadDriver(store, environment,
                LoadSpec.builder().producers(8).body(new BodySize.Fixed(256)).build());
        load.start();
        long from = environment.steps();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBegan = system.getProcessCpuTime();
        long began = System.nanoTime();
        environment.run(from + steps, Long.MAX_VALUE);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpuBegan) / 1e9;
        System.out.printf(Locale.ROOT,
                "%s: %,.0f points/s, %,.0f points/CPU s, %.2f s simulated, %,d events, hash %016x%n", type,
                (environment.steps() - from) / seconds, (environment.steps() - from) / cpuSeconds,
                environment.nanoTime() / 1e9, environment.events().size(),
                environment.traceHash());
        environment.close();
    }
}
