package dev.storescope.engine.load;

/// When a load ends by itself; whichever comes first.
///
/// @param messages puts of so many messages; [#NONE] for no such limit
/// @param durationNs since its start; [#NONE] for no such limit
/// @param logBytes length of the log from its first file on, whoever wrote it
/// @param minFreeDiskRatio free part of the disk, 0 to 1, below which nothing more is sent
public record LoadLimits(long messages, long durationNs, long logBytes, double minFreeDiskRatio) {
    /// No limit of this kind.
    public static final long NONE = Long.MAX_VALUE;
    /// What a load may use of a disk unless told otherwise: 4 GiB of log, and never the last 10 %.
    public static final LoadLimits DEFAULT = new LoadLimits(NONE, NONE, 4L << 30, 0.10);

    public LoadLimits {
        LoadSpec.check("messages", 1, NONE, "", messages);
        LoadSpec.check("duration", 1, NONE, "ns", durationNs);
        LoadSpec.check("log length", 1, NONE, "bytes", logBytes);
        LoadSpec.check("free part of the disk", 0, 1, "", minFreeDiskRatio);
    }

    public LoadLimits withMessages(long messages) {
        return new LoadLimits(messages, durationNs, logBytes, minFreeDiskRatio);
    }

    public LoadLimits withSeconds(double seconds) {
        LoadSpec.check("seconds", 0.001, 1e9, "s", seconds);
        return new LoadLimits(messages, (long) (seconds * 1e9), logBytes, minFreeDiskRatio);
    }

    public LoadLimits withLogBytes(long logBytes) {
        return new LoadLimits(messages, durationNs, logBytes, minFreeDiskRatio);
    }

    public LoadLimits withMinFreeDiskRatio(double minFreeDiskRatio) {
        return new LoadLimits(messages, durationNs, logBytes, minFreeDiskRatio);
    }
}
