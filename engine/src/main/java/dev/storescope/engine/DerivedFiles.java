package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.Disk.DiskLock;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of a store that follow from its log: queues and index. The next start makes them again.
///
/// Threads: any; the store must not be open.
public final class DerivedFiles {
    private static final Pattern QUEUE_FILE = Pattern.compile("\\d{20}");
    private static final Pattern INDEX_FILE = Pattern.compile("\\d{17}");
    private static final Pattern QUEUE_ID = Pattern.compile("\\d{1,10}");

    private final Disk disk;
    private int deleted;

    private DerivedFiles(Disk disk) {
        this.disk = disk;
    }

    /// Deletes them; whatever else lies in their directories is left alone. Throws [StoreException] when the store is open
    /// or a file cannot be deleted.
    ///
    /// @return how many files were deleted
    public static int delete(StoreEnvironment environment, MessageStoreConfig config) {
        Path root = config.storePathRootDir();
        try (DiskLock _ = environment.disk()
                .tryLock(root.resolve(StoreDirectory.LOCK))
                .orElseThrow(() -> new StoreException(
                        "store %s: expected it to be closed, found it in use; nothing was deleted".formatted(root)))) {
            var files = new DerivedFiles(environment.disk());
            files.deleteQueues(config.storePathConsumeQueue());
            files.delete(root.resolve("index"), INDEX_FILE);
            return files.deleted;
        } catch (IOException e) {
            throw new StoreException("store %s: queues and index cannot be deleted: %s".formatted(root, e.getMessage()),
                    e);
        }
    }

    private void deleteQueues(Path directory) throws IOException {
        for (Disk.Entry topic : disk.list(directory)) {
            Path topicDirectory = directory.resolve(topic.name());
            for (Disk.Entry queue : topic.directory() ? disk.list(topicDirectory) : List.<Disk.Entry>of()) {
                if (queue.directory() && QUEUE_ID.matcher(queue.name()).matches()) {
                    delete(topicDirectory.resolve(queue.name()), QUEUE_FILE);
                    deleteIfEmpty(topicDirectory.resolve(queue.name()));
                }
            }
            if (topic.directory()) {
                deleteIfEmpty(topicDirectory);
            }
        }
        if (disk.exists(directory)) {
            disk.forceDirectory(directory);
        }
    }

    private void delete(Path directory, Pattern names) throws IOException {
        // A directory that is listed while it changes may give a name twice.
        Set<String> found = new HashSet<>();
        for (Disk.Entry entry : disk.list(directory)) {
            if (!entry.directory() && names.matcher(entry.name()).matches()) {
                found.add(entry.name());
            }
        }
        for (String name : found) {
            disk.delete(directory.resolve(name));
            deleted++;
        }
        if (!found.isEmpty()) {
            disk.forceDirectory(directory);
        }
    }

    private void deleteIfEmpty(Path directory) throws IOException {
        if (disk.list(directory).isEmpty()) {
            disk.delete(directory);
        }
    }
}
