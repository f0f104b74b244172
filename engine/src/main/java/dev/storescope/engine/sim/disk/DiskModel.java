package dev.storescope.engine.sim.disk;

import java.util.List;
import java.util.Optional;

/// How long things take in a simulated world, in nanoseconds; bandwidths in bytes a second. What is not named here takes no
/// time. A new kind of disk is a new constant.
///
/// What memory and processor do is the same in all of them, measured on a laptop: an append's encoding and copying, the
/// waking of a thread that waits.
///
/// @param name for the screen and for files
/// @param appendNs of an append, beside its bytes
/// @param memoryBytesPerSecond of a copy in memory
/// @param dispatchNs of handing one record to queue and index
/// @param handOverNs until a thread runs whose wait was ended: by a lock that came free, by a signal
/// @param writeNs of a write into the page cache, beside its bytes
/// @param createNs of making a file, and as much again for mapping it, beside reserving its bytes
/// @param directoryNs of changing or forcing an entry of a directory
/// @param forceNs of a force, beside its bytes: the median
/// @param forceBytesPerSecond of a force
/// @param forceSpread of the force's time: the deviation of its natural logarithm
/// @param tailProbability how often a force takes `tailFactor` times as long
/// @param tailFactor how much longer such a force takes
/// @param capacityBytes of the disk
public record DiskModel(String name, long appendNs, long memoryBytesPerSecond, long dispatchNs, long handOverNs,
        long writeNs, long createNs, long directoryNs, long forceNs, long forceBytesPerSecond, double forceSpread,
        double tailProbability, double tailFactor, long capacityBytes) {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final double NS_PER_SECOND = 1e9;
    private static final Builder MACHINE = new Builder();

    /// A solid-state disk as in a laptop, without capacitors: 16 KiB and a sync take 0.9 ms on a Samsung 990 Pro (M.
    /// Callaghan, "SSDs, power loss protection and fsync latency", 2026), its data sheet says 6,900 MB/s for writing; of
    /// that a force of scattered pages sees a part.
    public static final DiskModel NVME = MACHINE.force(900_000, 2_000 * MIB, 0.15)
            .tail(0.005, 6)
            .files(150_000, 60_000, GIB << 9)
            .build("nvme");
    /// A solid-state disk on the SATA bus: 530 MB/s (data sheet of the Samsung 870 EVO). A force is taken for 2.5 ms: on
    /// disks without capacitors 0.9 ms (see above) to 3.5 ms were measured (P. Zaitsev, "Why Consumer SSD Reviews are Useless
    /// for Database Performance Use Case", 2018).
    public static final DiskModel SATA_SSD = MACHINE.force(2_500_000, 480 * MIB, 0.25)
            .tail(0.01, 8)
            .files(400_000, 200_000, GIB << 9)
            .build("sata-ssd");
    /// A hard disk of 7,200 turns a minute: half a turn is 4.17 ms, a seek 8.5 ms, 210 MB/s (data sheet of the Seagate
    /// Barracuda 2 TB); a force is taken for one of each.
    public static final DiskModel HARD_DISK = MACHINE.force(12_700_000, 200 * MIB, 0.35)
            .tail(0.02, 4)
            .files(8_000_000, 4_200_000, GIB << 11)
            .build("hard-disk");
    /// A volume on the network: 3,000 operations and 125 MiB a second, latencies of some milliseconds (Amazon EBS, `gp3` as it
    /// is delivered). A force is taken for 1.8 ms: two operations one after the other, and the way there and back.
    public static final DiskModel NETWORK_VOLUME = MACHINE.force(1_800_000, 125 * MIB, 0.3)
            .tail(0.01, 10)
            .files(1_500_000, 900_000, GIB << 8)
            .build("network-volume");

    /// The disks to choose from; a measured one comes beside them.
    public static List<DiskModel> known() {
        return List.of(NVME, SATA_SSD, HARD_DISK, NETWORK_VOLUME);
    }

    /// The disk of that name among the known ones.
    public static Optional<DiskModel> named(String name) {
        return known().stream().filter(model -> model.name.equals(name)).findFirst();
    }

    /// Of an append of so many bytes.
    public long appendTimeNs(long bytes) {
        return appendNs + time(bytes, memoryBytesPerSecond);
    }

    long writeTimeNs(long bytes) {
        return writeNs + time(bytes, memoryBytesPerSecond);
    }

    long createTimeNs(long bytes) {
        return createNs + time(bytes, memoryBytesPerSecond);
    }

    /// Of a force, drawn.
    long forceTimeNs(long bytes, Draws draws) {
        double medianNs = forceNs + time(bytes, forceBytesPerSecond);
        double factor = StrictMath.exp(forceSpread * draws.normal());
        return (long) (medianNs * factor * (draws.happens(tailProbability) ? tailFactor : 1));
    }

    private static long time(long bytes, long bytesPerSecond) {
        return (long) (bytes * NS_PER_SECOND / bytesPerSecond);
    }

    /// The same machine with a disk that was measured.
    ///
    /// @param forceNs of a force of one page: the median
    /// @param spread see [#forceSpread]
    /// @param createNs of making a file, and as much again for mapping it
    public static DiskModel measured(long forceNs, long forceBytesPerSecond, double spread, long createNs,
            long directoryNs) {
        return MACHINE.force(forceNs, forceBytesPerSecond, spread)
                .tail(0.005, 6)
                .files(createNs, directoryNs, GIB << 9)
                .build("this-machine");
    }

    /// Gathers the figures.
    private record Builder(long forceNs, long forceBytesPerSecond, double spread, double tailProbability,
            double tailFactor, long createNs, long directoryNs, long capacityBytes) {
        private Builder() {
            this(0, 1, 0, 0, 1, 0, 0, 0);
        }

        private Builder force(long ns, long bytesPerSecond, double newSpread) {
            return new Builder(ns, bytesPerSecond, newSpread, tailProbability, tailFactor, createNs, directoryNs,
                    capacityBytes);
        }

        private Builder tail(double probability, double factor) {
            return new Builder(forceNs, forceBytesPerSecond, spread, probability, factor, createNs, directoryNs,
                    capacityBytes);
        }

        private Builder files(long newCreateNs, long newDirectoryNs, long newCapacityBytes) {
            return new Builder(forceNs, forceBytesPerSecond, spread, tailProbability, tailFactor, newCreateNs,
                    newDirectoryNs, newCapacityBytes);
        }

        private DiskModel build(String name) {
            return new DiskModel(name, 1_200, 4 * GIB, 400, 5_000, 3_000, createNs, directoryNs, forceNs,
                    forceBytesPerSecond, spread, tailProbability, tailFactor, capacityBytes);
        }
    }
}
