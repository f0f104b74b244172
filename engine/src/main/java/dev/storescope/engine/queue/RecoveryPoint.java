package dev.storescope.engine.queue;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// An offset of the log before which everything is known to be on disk, the records and their entries, and where each
/// queue ended there. Opening a store goes on from it, however long the log before it is.
///
/// The checkpoint has the time of such a moment to the millisecond, which needs 3 s to be safe, and says nothing of a
/// queue whose directory is gone. Here the next queue offsets do not depend on the queues' own files.
///
/// Kept in `config/recoveryPoint`, text: a line with the offset, where the last record before it begins, and its store
/// time; then a line for each queue with its end, the queue id and the topic; last the CRC-32 of all lines before.
/// RocketMQ does not know the file, and leaves it alone: what it appends meanwhile lies behind the offset.
///
/// @param offset where the next record or blank begins
/// @param lastRecordOffset of the record that ends there
/// @param lastStoreTimestamp of that record, milliseconds since 1970
/// @param queues those that existed, in no particular order
public record RecoveryPoint(long offset, long lastRecordOffset, long lastStoreTimestamp, List<QueueEnd> queues) {
    private static final String HEAD = "recovery point 1";
    private static final String CRC = "crc32 ";

    /// The log's begin: nothing is known.
    public static final RecoveryPoint NONE = new RecoveryPoint(0, -1, 0, List.of());

    public RecoveryPoint {
        queues = List.copyOf(queues);
    }

    /// @param end one more than the queue offset of its last entry
    public record QueueEnd(String topic, int queueId, long end) {
    }

    /// Where it is kept.
    public static Path path(Path storePathRootDir) {
        return storePathRootDir.resolve("config").resolve("recoveryPoint");
    }

    /// Nothing when there is no such file, or one that was cut or changed.
    public static Optional<RecoveryPoint> read(Disk disk, Path file) throws IOException {
        return disk.exists(file)
                ? parse(new String(disk.readAll(file), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Optional<RecoveryPoint> parse(String text) {
        int crcAt = text.lastIndexOf(CRC);
        if (crcAt < 0 || !text.startsWith(HEAD + '\n')
                || !text.substring(crcAt).equals(crcLine(text.substring(0, crcAt)))) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, crcAt).split("\n");
        // The CRC is right, so each line is as it was written.
        String[] numbers = lines[1].split(" ");
        List<QueueEnd> queues = new ArrayList<>();
        for (int i = 2; i < lines.length; i++) {
            String[] parts = lines[i].split(" ", 3);
            queues.add(new QueueEnd(parts[2], Integer.parseInt(parts[1]), Long.parseLong(parts[0])));
        }
        return Optional.of(new RecoveryPoint(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]), queues));
    }

    private static String crcLine(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return CRC + "%08x\n".formatted(crc.getValue());
    }

    private String text() {
        StringBuilder text = new StringBuilder(64 + 32 * queues.size());
        text.append(HEAD).append('\n');
        text.append(offset).append(' ').append(lastRecordOffset).append(' ').append(lastStoreTimestamp).append('\n');
        for (QueueEnd queue : queues) {
            text.append(queue.end()).append(' ').append(queue.queueId()).append(' ').append(queue.topic()).append('\n');
        }
        return text.append(crcLine(text.toString())).toString();
    }

    /// Replaces the file; whatever happens meanwhile, the disk has the point before or this one.
    void write(Disk disk, Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        byte[] content = text().getBytes(StandardCharsets.UTF_8);
        disk.createDirectories(file.getParent());
        disk.writeAll(next, content);
        try (DiskFile written = disk.open(next)) {
            written.force(0, content.length);
        }
        disk.rename(next, file);
        disk.forceDirectory(file.getParent());
    }
}
