package dev.storescope.engine.load;

import dev.storescope.engine.api.StoreState;
import java.nio.file.Path;
import java.util.Locale;

/// Why a load ended, with the figures of it: whoever shows it has his own words.
public sealed interface LoadEnd {
    /// What ended it.
    enum Cause {
        STOPPED, MESSAGES_SENT, TIME_OVER, LOG_LENGTH_REACHED, DISK_NEARLY_FULL, STORE_REFUSES, FAILED
    }

    Cause cause();

    /// A sentence in English, for logs and the command line.
    String reason();

    /// It was told to.
    record Stopped() implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.STOPPED;
        }

        @Override
        public String reason() {
            return "stopped";
        }
    }

    /// All messages of [LoadLimits#messages()] are sent.
    record MessagesSent(long messages) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.MESSAGES_SENT;
        }

        @Override
        public String reason() {
            return "all messages are sent";
        }
    }

    /// The time of [LoadLimits#durationNs()] is over.
    record TimeOver(long durationNs) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.TIME_OVER;
        }

        @Override
        public String reason() {
            return "the time is over";
        }
    }

    /// The log has the length of [LoadLimits#logBytes()].
    record LogLengthReached(long limitBytes) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.LOG_LENGTH_REACHED;
        }

        @Override
        public String reason() {
            return "the log is %s long, the limit of this load".formatted(bytes(limitBytes));
        }
    }

    /// Less than [LoadLimits#minFreeDiskRatio()] of the disk is free.
    ///
    /// @param directory of the store
    /// @param freeRatio free part of its disk, 0 to 1
    /// @param freeBytes the same in bytes
    record DiskNearlyFull(Path directory, double freeRatio, long freeBytes, double minFreeRatio) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.DISK_NEARLY_FULL;
        }

        @Override
        public String reason() {
            return String.format(Locale.ROOT,
                    "%.1f %% (%s) of the disk of %s is free, less than the %.1f %% that this load leaves free",
                    100 * freeRatio, bytes(freeBytes), directory, 100 * minFreeRatio);
        }
    }

    /// The store was shut down.
    record StoreNotOpen(StoreState state) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.STORE_REFUSES;
        }

        @Override
        public String reason() {
            return "the store takes no more messages: it is " + state;
        }
    }

    /// The store turned unwriteable for good.
    ///
    /// @param notWriteable why, in the words of the store
    record StoreBroken(String notWriteable) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.STORE_REFUSES;
        }

        @Override
        public String reason() {
            return "the store takes no more messages: " + notWriteable;
        }
    }

    /// Something unforeseen went wrong in a producer, or in the thread that watches over them.
    ///
    /// @param failure what was thrown
    record ThreadFailed(String thread, String failure) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.FAILED;
        }

        @Override
        public String reason() {
            return "%s failed: %s".formatted(thread, failure);
        }
    }

    /// The system does not say how much of the disk is free.
    ///
    /// @param failure in the words of the system
    record DiskSpaceUnknown(Path directory, String failure) implements LoadEnd {
        @Override
        public Cause cause() {
            return Cause.FAILED;
        }

        @Override
        public String reason() {
            return "how much of the disk of %s is free cannot be told: %s".formatted(directory, failure);
        }
    }

    /// Whether it ended as planned or asked for.
    default boolean isRegular() {
        return switch (this) {
            case Stopped _,MessagesSent _,TimeOver _,LogLengthReached _,DiskNearlyFull _ -> true;
            case StoreNotOpen _,StoreBroken _,ThreadFailed _,DiskSpaceUnknown _ -> false;
        };
    }

    private static String bytes(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " bytes";
        }
        int unit = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << (10 * unit)), " KMGT".charAt(unit));
    }
}
