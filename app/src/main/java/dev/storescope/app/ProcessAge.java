package dev.storescope.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long ago this process began. The script that starts the program becomes the virtual machine, so its time counts.
final class ProcessAge {
    /// On Linux, where the JDK knows a process's beginning to the second only.
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path UPTIME = Path.of("/proc/uptime");
    /// Of what follows the name in [#STAT], which is in brackets and may itself hold any character.
    private static final int START_FIELD = 19;
    private static final double TICKS_IN_S = 100;
    private static final double NS_IN_S = 1e9;

    private ProcessAge() {
    }

    /// To some hundredths of a second; nothing where the system does not tell.
    static Optional<Duration> now() {
        try {
            Duration age = age(Files.readString(STAT), Files.readString(UPTIME));
            return Optional.of(age).filter(Duration::isPositive);
        } catch (IOException | IllegalArgumentException e) {
            return ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, Instant.now()));
        }
    }

    /// @param stat of /proc/PID/stat
    /// @param uptime of /proc/uptime
    static Duration age(String stat, String uptime) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= START_FIELD) {
            throw new IllegalArgumentException(
                    "%s: expected a start time as field %d after the name, found %d fields".formatted(STAT, START_FIELD,
                            fields.length));
        }
        double beganS = Long.parseLong(fields[START_FIELD]) / TICKS_IN_S;
        double nowS = Double.parseDouble(uptime.strip().split(" ")[0]);
        return Duration.ofNanos(Math.round((nowS - beganS) * NS_IN_S));
    }
}
