package dev.storescope.engine.file;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What the tests of files need around one: a world that stands still, a disk in memory, and a pool where wanted.
final class FileParts {
    static final Path ROOT = Path.of("/store");
    static final Path DIRECTORY = ROOT.resolve("commitlog");

    final UnforcedDisk disk;
    final ManualEnvironment environment;
    final MessageStoreConfig config;
    final TransientStorePool pool;

    private FileParts(MessageStoreConfig config, UnforcedDisk disk) throws IOException {
        this.config = config;
        this.disk = disk;
        this.environment = new ManualEnvironment(disk);
        disk.createDirectories(DIRECTORY);
        pool = new TransientStorePool(environment, config);
        pool.start();
    }

    static FileParts withoutPool(long fileSizeBytes) throws IOException {
        return on(new UnforcedDisk(), fileSizeBytes);
    }

    static FileParts on(UnforcedDisk disk, long fileSizeBytes) throws IOException {
        return new FileParts(config(fileSizeBytes).build(), disk);
    }

    static FileParts withPool(long fileSizeBytes, int buffers) throws IOException {
        return with(config(fileSizeBytes).set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, buffers));
    }

    static FileParts with(MessageStoreConfig.Builder config) throws IOException {
        return new FileParts(config.build(), new UnforcedDisk());
    }

    static MessageStoreConfig.Builder config(long fileSizeBytes) {
        return MessageStoreConfig.builder(ROOT)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, fileSizeBytes)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH);
    }

    /// A new file of the configured size; with a write buffer when the pool acts and has one.
    MappedFile newFile(long fromOffset) throws IOException {
        Path path = path(fromOffset);
        MappedFile file = new MappedFile(disk.create(path, config.mappedFileSizeCommitLog()), fromOffset,
                environment.memory(), Optional.of(pool));
        if (pool.acts()) {
            file.borrowWriteBuffer();
        }
        return file;
    }

    MappedFileQueue newQueue() {
        return new MappedFileQueue(environment, MappedFileQueue.Options
                .of(DIRECTORY, config.mappedFileSizeCommitLog(), "mappedFileSizeCommitLog")
                .withPool(pool));
    }

    /// A row that makes its files itself, in a directory that does not exist yet.
    MappedFileQueue newRow(Path directory) {
        return new MappedFileQueue(environment,
                MappedFileQueue.Options.of(directory, config.mappedFileSizeCommitLog(), "mappedFileSizeConsumeQueue"));
    }

    static Path path(long fromOffset) {
        return DIRECTORY.resolve("%020d".formatted(fromOffset));
    }
}
