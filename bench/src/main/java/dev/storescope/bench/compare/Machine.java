package dev.storescope.bench.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where and with what it was measured: figures without that say nothing.
record Machine(List<String> facts) {
    static Machine here(Path directory) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(List.of(
                "%d processors, %s".formatted(Runtime.getRuntime().availableProcessors(), processor()),
                "%.1f GiB of memory".formatted(system.getTotalMemorySize() / (double) (1L << 30)),
                "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
                "%s on %s".formatted(Files.getFileStore(directory).type(), Files.getFileStore(directory).name()),
                "JDK %s, %s".formatted(System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"))));
    }

    private static String processor() {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuinfo)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /// How busy the machine is with other things, as its load average says; below 0 where it does not.
    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
