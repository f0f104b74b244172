package dev.storescope.bench.drive;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What this process has used since it began.
///
/// @param cpuNs of all its threads, the JVM's own too
/// @param allocatedBytes by all its threads
record Usage(long cpuNs, long allocatedBytes) {
    static Usage now() {
        return new Usage(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
                ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes());
    }

    Usage since(Usage before) {
        return new Usage(cpuNs - before.cpuNs, allocatedBytes - before.allocatedBytes);
    }
}
