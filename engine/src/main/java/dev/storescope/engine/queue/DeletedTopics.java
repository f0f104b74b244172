package dev.storescope.engine.queue;

import dev.storescope.engine.env.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Topics that were deleted while the log still has messages of theirs: without this the next opening, which makes the
/// queues from the log, would bring them back. It goes with the messages.
///
/// Kept in `config/deletedTopics`, a line for each: the offset of the log up to which the topic's messages do not count,
/// a blank, the topic. RocketMQ does not know the file, and leaves it alone.
///
/// Threads: changed by one at a time; asked by the one that dispatches.
public final class DeletedTopics {
    private final Disk disk;
    private final Path file;
    // Replaced as a whole by whoever deletes; read by the one that dispatches.
    private volatile Map<String, Long> upTo = Map.of();

    /// @param storeDirectory the root of the store
    public DeletedTopics(Disk disk, Path storeDirectory) {
        this.disk = disk;
        this.file = storeDirectory.resolve("config").resolve("deletedTopics");
    }

    /// Reads the file; lines that say nothing sensible are skipped.
    public void load() throws IOException {
        if (!disk.exists(file)) {
            return;
        }
        Map<String, Long> read = new TreeMap<>();
        for (String line : new String(disk.readAll(file), StandardCharsets.UTF_8).split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0 && blank <= 18 && line.substring(0, blank).chars().allMatch(c -> c >= '0' && c <= '9')) {
                read.put(line.substring(blank + 1), Long.parseLong(line.substring(0, blank)));
            }
        }
        upTo = read;
    }

    /// Whether the message at an offset belongs to a topic that was deleted after it.
    public boolean covers(String topic, long commitLogOffset) {
        Map<String, Long> now = upTo;
        return !now.isEmpty() && commitLogOffset < now.getOrDefault(topic, 0L);
    }

    Set<String> topics() {
        return Set.copyOf(upTo.keySet());
    }

    /// From now on the topic's messages before `commitLogOffset` do not count.
    void add(String topic, long commitLogOffset) throws IOException {
        Map<String, Long> more = new TreeMap<>(upTo);
        more.put(topic, commitLogOffset);
        write(more);
    }

    /// Forgets topics none of whose messages is in the log any more.
    void forgetBefore(long minCommitLogOffset) throws IOException {
        Map<String, Long> fewer = new TreeMap<>(upTo);
        if (fewer.values().removeIf(offset -> offset <= minCommitLogOffset)) {
            write(fewer);
        }
    }

    /// The log was cut: what comes behind its end now is new.
    void logEndsAt(long endOffset) throws IOException {
        Map<String, Long> earlier = new TreeMap<>(upTo);
        earlier.replaceAll((_, offset) -> Math.min(offset, endOffset));
        if (!earlier.equals(upTo)) {
            write(earlier);
        }
    }

    private void write(Map<String, Long> topics) throws IOException {
        StringBuilder text = new StringBuilder();
        topics.forEach((topic, offset) -> text.append(offset).append(' ').append(topic).append('\n'));
        disk.createDirectories(file.getParent());
        disk.writeAll(file, text.toString().getBytes(StandardCharsets.UTF_8));
        disk.forceDirectory(file.getParent());
        upTo = topics;
    }
}
