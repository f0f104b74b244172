package dev.storescope.app.cli;

import dev.storescope.app.session.KeptFiles;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.StoreInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which store `load` uses, and with what settings.
final class StoreOptions {
    private static final long NEW_STORE_SEGMENT_BYTES = 64L << 20;
    /// What a store that was made and never written to may consist of.
    private static final Set<String> OF_AN_UNUSED_STORE = Set.of("lock", "abort", "abort.bak");

    @Option(names = "--dir", paramLabel = "DIR", required = true,
            description = "Directory of the store: one that exists, or an empty or missing one for a new store.") private Path directory;

    @Option(names = "--flush", paramLabel = "sync|async", defaultValue = "async",
            description = "sync answers a put after its bytes were forced to disk, async before. Default: ${DEFAULT-VALUE}.") private Flush flush;

    @Option(names = "--transient-pool",
            description = "Append into off-heap buffers that are committed to the page cache later; acts with --flush async only.") private boolean transientPool;

    @Option(names = "--segment-size", paramLabel = "SIZE", converter = SizeConverter.class,
            description = "Length of the log files, such as 64K or 1G. Default: that of the files in DIR, 64M for a new store.") private Optional<Long> segmentBytes;

    @Option(names = "--set", paramLabel = "name=value",
            description = "Any setting of the store by RocketMQ's name; may be given again and again, and goes before the other options.") private Map<String, String> settings = new LinkedHashMap<>();

    /// The two ways to flush.
    enum Flush {
        SYNC(FlushDiskType.SYNC_FLUSH), ASYNC(FlushDiskType.ASYNC_FLUSH);

        private final FlushDiskType type;

        Flush(FlushDiskType type) {
            this.type = type;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Throws [StoreException] when a setting is out of range.
    ///
    /// @param segmentBytes see [#segmentBytes]
    MessageStoreConfig config(long segmentBytes) {
        MessageStoreConfig.Builder builder = KeptFiles.config(directory)
                .set(StoreSetting.FLUSH_DISK_TYPE, flush.type)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, transientPool)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, segmentBytes);
        settings.forEach(builder::set);
        return builder.build();
    }

    /// What was asked for and has no effect.
    List<String> warnings(MessageStoreConfig config) {
        return switch (config.poolState()) {
            case OFF, ACTS -> List.of();
            case NEEDS_ASYNC_FLUSH -> List.of("--transient-pool has no effect with sync flush");
            case NEEDS_MASTER -> List.of("--transient-pool has no effect on a slave");
        };
    }

    /// The length that the log files are to have: as asked for, else as they have, else what a new store gets. Throws
    /// [StoreException] when the directory holds something else than a store.
    long segmentBytes(StoreEnvironment environment) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new StoreException("--dir %s: expected a directory, found a file".formatted(directory));
        }
        StoreInspector inspector = new StoreInspector(environment, directory);
        if (!inspector.isStore() && !isFree()) {
            throw new StoreException(
                    "--dir %s: expected a store, or an empty or missing directory, found other files".formatted(
                            directory));
        }
        if (segmentBytes.isPresent()) {
            return segmentBytes.get();
        }
        return lengthOfMost(inspector.logFiles());
    }

    /// A file that has another length than the most stops the store's load, which names it; where none could be a log
    /// file, that is said here.
    private static long lengthOfMost(List<LogFile> logFiles) {
        List<LogFile> files = logFiles.stream().filter(file -> file.sizeBytes() > 0).toList();
        Map<Long, Long> filesByLength = files.stream()
                .map(LogFile::sizeBytes)
                .filter(StoreOptions::isLengthOfALogFile)
                .collect(Collectors.groupingBy(bytes -> bytes, TreeMap::new, Collectors.counting()));
        if (filesByLength.isEmpty() && !files.isEmpty()) {
            LogFile file = files.getFirst();
            throw new StoreException("%s: expected a log file of %s, found %d bytes".formatted(file.path(),
                    StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG.kind().range(), file.sizeBytes()));
        }
        return filesByLength.entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(NEW_STORE_SEGMENT_BYTES);
    }

    private static boolean isLengthOfALogFile(long bytes) {
        try {
            StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG.kind().check(bytes);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isFree() throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.allMatch(entry -> OF_AN_UNUSED_STORE.contains(entry.getFileName().toString()));
        }
    }
}
