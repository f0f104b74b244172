package dev.storescope.app.pulse;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/// How busy the machine is, and how much of it is the window's own doing: the JavaFX thread and the renderer.
///
/// Threads: one.
final class CpuMeter {
    private static final String RENDERER = "QuantumRenderer";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    private final long screenThreadId = Thread.currentThread().threadId();
    private long rendererId = -1;
    private long screenCpuNs;

    int cores() {
        return system.getAvailableProcessors();
    }

    /// Cores busy with anything since the last call; negative when the system does not say.
    double busyCores() {
        return system instanceof com.sun.management.OperatingSystemMXBean detailed
                ? detailed.getCpuLoad() * cores()
                : -1;
    }

    /// CPU time of the window's threads since the last call.
    long takeScreenCpuNs() {
        if (rendererId < 0) {
            rendererId = findRenderer();
        }
        long total = cpuNs(screenThreadId) + (rendererId < 0 ? 0 : cpuNs(rendererId));
        long taken = total - screenCpuNs;
        screenCpuNs = total;
        return taken;
    }

    private long cpuNs(long threadId) {
        return Math.max(0, threads.getThreadCpuTime(threadId));
    }

    private long findRenderer() {
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(RENDERER)) {
                return info.getThreadId();
            }
        }
        return -1;
    }
}
