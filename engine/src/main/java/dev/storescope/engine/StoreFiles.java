package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.Disk.DiskLock;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Deletes files of a store that is closed, by the names that a store gives them; whatever else lies beside them stays.
///
/// Threads: any.
final class StoreFiles {
    private static final Pattern ROW_FILE = Pattern.compile("\\d{20}");
    private static final Pattern INDEX_FILE = Pattern.compile("\\d{17}");
    private static final Pattern QUEUE_ID = Pattern.compile("\\d{1,10}");
    private static final Pattern SMALL_FILE = Pattern.compile("checkpoint|abort|abort\\.bak");
    private static final Pattern CONFIG_FILE = Pattern
            .compile("deletedTopics|delayOffset\\.json|recoveryPoint(\\.next)?|indexFile\\.next");

    private final Disk disk;
    private int deleted;

    private StoreFiles(Disk disk) {
        this.disk = disk;
    }

    /// What follows from the log.
    ///
    /// @return how many files were deleted
    static int deleteDerived(StoreEnvironment environment, MessageStoreConfig config) {
        return run(environment, config, "queues and index", files -> files.derived(config));
    }

    /// All but `lock`. The log goes before what says that it was closed cleanly: what a crash leaves is a store.
    ///
    /// @return how many files were deleted
    static int deleteAll(StoreEnvironment environment, MessageStoreConfig config) {
        return run(environment, config, "the store", files -> {
            Path root = config.storePathRootDir();
            files.derived(config);
            files.delete(config.storePathCommitLog(), ROW_FILE);
            files.delete(root.resolve("config"), CONFIG_FILE);
            files.delete(root, SMALL_FILE);
            for (Path directory : List.of(config.storePathCommitLog(), config.storePathConsumeQueue(),
                    root.resolve("index"), root.resolve("config"))) {
                files.deleteIfEmpty(directory);
            }
        });
    }

    /// What is to be deleted.
    private interface Deletion {
        void from(StoreFiles files) throws IOException;
    }

    private static int run(StoreEnvironment environment, MessageStoreConfig config, String what, Deletion deletion) {
        Path root = config.storePathRootDir();
        try (DiskLock _ = environment.disk()
                .tryLock(root.resolve(StoreDirectory.LOCK))
                .orElseThrow(() -> new StoreException(
                        "store %s: expected it to be closed, found it in use; nothing was deleted".formatted(root)))) {
            StoreFiles files = new StoreFiles(environment.disk());
            deletion.from(files);
            return files.deleted;
        } catch (IOException e) {
            throw new StoreException("store %s: %s cannot be deleted: %s".formatted(root, what, e.getMessage()), e);
        }
    }

    private void derived(MessageStoreConfig config) throws IOException {
        deleteQueues(config.storePathConsumeQueue());
        delete(config.storePathRootDir().resolve("index"), INDEX_FILE);
    }

    private void deleteQueues(Path directory) throws IOException {
        for (Disk.Entry topic : disk.list(directory)) {
            Path topicDirectory = directory.resolve(topic.name());
            for (Disk.Entry queue : topic.directory() ? disk.list(topicDirectory) : List.<Disk.Entry>of()) {
                if (queue.directory() && QUEUE_ID.matcher(queue.name()).matches()) {
                    delete(topicDirectory.resolve(queue.name()), ROW_FILE);
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
        TreeSet<String> found = new TreeSet<>();
        for (Disk.Entry entry : disk.list(directory)) {
            if (!entry.directory() && names.matcher(entry.name()).matches()) {
                found.add(entry.name());
            }
        }
        // The last one first: a crash in between leaves no hole.
        for (String name : found.descendingSet()) {
            disk.delete(directory.resolve(name));
            deleted++;
        }
        if (!found.isEmpty()) {
            disk.forceDirectory(directory);
        }
    }

    private void deleteIfEmpty(Path directory) throws IOException {
        if (disk.exists(directory) && disk.list(directory).isEmpty()) {
            disk.delete(directory);
        }
    }
}
