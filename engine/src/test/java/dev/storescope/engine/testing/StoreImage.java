package dev.storescope.engine.testing;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files of a small store as bytes, for a test to damage and to put onto a new disk.
///
/// Messages are put with the store times that the test wants.
public final class StoreImage {
    public static final Path ROOT = Path.of("/image/store");
    public static final Path LOG = ROOT.resolve("commitlog");
    public static final Path CHECKPOINT = ROOT.resolve("checkpoint");
    public static final Path ABORT = ROOT.resolve("abort");
    /// Four pages.
    public static final int FILE_BYTES = 16_384;
    /// Store time of the first message that is put by [#put].
    public static final long FIRST_TIMESTAMP = 1_000_000;

    private final Map<Long, byte[]> files = new TreeMap<>();
    private Optional<byte[]> checkpoint = Optional.empty();
    private boolean abort;

    /// Settings for a store of small files with sync flush.
    public static MessageStoreConfig config() {
        return config(FlushDiskType.SYNC_FLUSH).build();
    }

    public static MessageStoreConfig.Builder config(FlushDiskType type) {
        return Stores.withSmallIndex(MessageStoreConfig.builder(ROOT))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, (long) FILE_BYTES)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, Stores.QUEUE_FILE_BYTES)
                .set(StoreSetting.FLUSH_DISK_TYPE, type);
    }

    /// A store of messages with these bodies, the first stored at [#FIRST_TIMESTAMP], each next one a second later, and
    /// stopped cleanly.
    public static StoreImage of(byte[]... bodies) {
        UnforcedDisk disk = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP);
        DefaultMessageStore store = start(config(), environment);
        put(store, environment, bodies);
        store.shutdown();
        return of(disk);
    }

    /// What stands on a disk.
    public static StoreImage of(UnforcedDisk disk) {
        StoreImage image = new StoreImage();
        try {
            for (Disk.Entry entry : disk.list(LOG)) {
                image.files.put(Long.parseLong(entry.name()), disk.readAll(LOG.resolve(entry.name())));
            }
            image.checkpoint = disk.exists(CHECKPOINT) ? Optional.of(disk.readAll(CHECKPOINT)) : Optional.empty();
            image.abort = disk.exists(ABORT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return image;
    }

    /// Puts one message after the other, a second apart, and expects each to be acknowledged.
    public static List<AppendMessageResult> put(DefaultMessageStore store, WallClockEnvironment environment,
            byte[]... bodies) {
        List<AppendMessageResult> appended = new ArrayList<>();
        for (byte[] body : bodies) {
            PutMessageResult result = store.putMessage(message(body));
            if (result.status() != PutMessageStatus.PUT_OK) {
                throw new AssertionError("expected %s, found %s".formatted(PutMessageStatus.PUT_OK, result));
            }
            appended.add(result.append());
            environment.set(environment.currentTimeMillis() + 1_000);
        }
        return appended;
    }

    /// To topic `image`, queue 1, with a key and a tag.
    public static MessageExtBrokerInner message(byte[] body) {
        return new MessageExtBrokerInner().topic("image").queueId(1).propertiesString("KEYS\1k\2TAGS\1t\2").body(body);
    }

    /// A body that is nowhere zero.
    public static byte[] body(int sizeBytes) {
        byte[] body = new byte[sizeBytes];
        for (int i = 0; i < sizeBytes; i++) {
            body[i] = (byte) (i % 251 + 1);
        }
        return body;
    }

    public static DefaultMessageStore load(UnforcedDisk disk) {
        return load(config(), new WallClockEnvironment(disk, FIRST_TIMESTAMP + 1_000_000));
    }

    public static DefaultMessageStore load(MessageStoreConfig config, WallClockEnvironment environment) {
        DefaultMessageStore store = new DefaultMessageStore(config, environment);
        store.load();
        return store;
    }

    public static DefaultMessageStore start(MessageStoreConfig config, WallClockEnvironment environment) {
        DefaultMessageStore store = load(config, environment);
        store.start();
        return store;
    }

    /// Everything below the store's directory but its lock: names and bytes.
    public static Map<Path, String> contents(UnforcedDisk disk) {
        Map<Path, String> contents = new TreeMap<>();
        try {
            collect(disk, ROOT, contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contents.remove(ROOT.resolve("lock"));
        return contents;
    }

    private static void collect(UnforcedDisk disk, Path directory, Map<Path, String> contents) throws IOException {
        for (Disk.Entry entry : disk.list(directory)) {
            Path path = directory.resolve(entry.name());
            if (entry.directory()) {
                collect(disk, path, contents);
            } else {
                byte[] bytes = disk.readAll(path);
                contents.put(path, bytes.length + " bytes, hash " + Arrays.hashCode(bytes));
            }
        }
    }

    public static Path file(long fromOffset) {
        return LOG.resolve("%020d".formatted(fromOffset));
    }

    /// The bytes of a file, to be changed at will.
    public byte[] log(long fromOffset) {
        return files.get(fromOffset);
    }

    /// Adds or replaces a file.
    public StoreImage log(long fromOffset, byte[] bytes) {
        files.put(fromOffset, bytes);
        return this;
    }

    public StoreImage withoutLog(long fromOffset) {
        files.remove(fromOffset);
        return this;
    }

    /// All offsets at which a file begins.
    public List<Long> logOffsets() {
        return List.copyOf(files.keySet());
    }

    /// The run before did not stop cleanly.
    public StoreImage aborted() {
        abort = true;
        return this;
    }

    public StoreImage checkpoint(byte[] bytes) {
        checkpoint = Optional.of(bytes);
        return this;
    }

    public StoreImage withoutCheckpoint() {
        checkpoint = Optional.empty();
        return this;
    }

    /// Everything stored up to then is known to have been on disk.
    public StoreImage flushedUpTo(long storeTimestamp) {
        return checkpoint(ByteBuffer.allocate(4_096).putLong(storeTimestamp).array());
    }

    public StoreImage copy() {
        StoreImage copy = new StoreImage();
        files.forEach((offset, bytes) -> copy.files.put(offset, bytes.clone()));
        copy.checkpoint = checkpoint.map(byte[]::clone);
        copy.abort = abort;
        return copy;
    }

    /// A new disk with these files, all of it forced.
    public UnforcedDisk disk() {
        return disk(UnforcedDisk.Entries.DURABLE_AT_ONCE);
    }

    public UnforcedDisk disk(UnforcedDisk.Entries entries) {
        UnforcedDisk disk = new UnforcedDisk(entries);
        try {
            disk.createDirectories(LOG);
            for (Map.Entry<Long, byte[]> file : files.entrySet()) {
                write(disk, file(file.getKey()), file.getValue());
            }
            if (checkpoint.isPresent()) {
                write(disk, CHECKPOINT, checkpoint.get());
            }
            if (abort) {
                write(disk, ABORT, "1".getBytes(StandardCharsets.US_ASCII));
            }
            disk.forceDirectory(LOG);
            disk.forceDirectory(ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return disk;
    }

    private static void write(UnforcedDisk disk, Path path, byte[] bytes) throws IOException {
        try (DiskFile file = disk.create(path, bytes.length)) {
            file.write(0, MemorySegment.ofArray(bytes), 0, bytes.length);
            file.force(0, bytes.length);
        }
    }
}
