package dev.storescope.app.session;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A directory, looked at before a store is opened in it. Only reads.
///
/// @param kind what it is
/// @param segmentSizeBytes length of the files of the log; nothing when there are none
/// @param log what offsets its files have room for
/// @param found what lies there in place of a store, in words; "" when it is one
/// @param brokersParts names of what a broker keeps beside the store and this program does not keep up, sorted
public record StoreDirectory(Path path, Kind kind, Optional<Long> segmentSizeBytes, LogExtent log, String found,
        List<String> brokersParts) {
    private static final String COMMIT_LOG = "commitlog";
    private static final Pattern LOG_FILE = Pattern.compile("\\d{20}");
    private static final Set<String> OF_A_STORE = Set.of(COMMIT_LOG, "checkpoint", "abort", "lock", "consumequeue",
            "index", "config");
    /// Only a store leaves these: with one of them a folder "commitlog" without log files is that of a store.
    private static final Set<String> MARKS = Set.of("checkpoint", "abort", "lock", "consumequeue");

    /// Of a broker (`format.md` §1): they say where in the log something stands, or of which topic it is, and go wrong when
    /// somebody else writes the log.
    private static final Set<String> BROKERS_PARTS = Set.of("timerwheel", "timerlog", "consumequeue_ext",
            "batchconsumequeue", "consumequeue_rocksdb");
    private static final String CONFIG = "config";
    private static final String DELAY_OFFSETS = "delayOffset.json";

    /// What a directory is.
    public enum Kind {
        MISSING, EMPTY, STORE, SOMETHING_ELSE
    }

    static StoreDirectory look(Path path) {
        if (!Files.exists(path)) {
            return without(path, Kind.MISSING, "no such directory");
        }
        if (!Files.isDirectory(path)) {
            return without(path, Kind.SOMETHING_ELSE, "a file");
        }
        try {
            List<String> names = names(path);
            if (names.isEmpty()) {
                return without(path, Kind.EMPTY, "an empty directory");
            }
            if (!names.contains(COMMIT_LOG) && !OF_A_STORE.containsAll(names)) {
                return without(path, Kind.SOMETHING_ELSE, "other files, the first is " + names.getFirst());
            }
            return Files.isDirectory(path.resolve(COMMIT_LOG)) ? withLog(path, names) : store(path, names);
        } catch (IOException e) {
            throw new StoreException("directory %s: cannot be read: %s".formatted(path, reason(e)), e);
        }
    }

    private static StoreDirectory withLog(Path path, List<String> names) throws IOException {
        Path log = path.resolve(COMMIT_LOG);
        List<String> inLog = names(log);
        List<Path> files = inLog.stream()
                .filter(name -> LOG_FILE.matcher(name).matches())
                .map(log::resolve)
                .toList();
        if (files.isEmpty()) {
            boolean strange = names.stream().noneMatch(MARKS::contains)
                    && (!inLog.isEmpty() || !OF_A_STORE.containsAll(names));
            return strange
                    ? without(path, Kind.SOMETHING_ELSE, "a folder \"commitlog\" without log files" + (inLog.isEmpty()
                            ? " among other files"
                            : ", but with " + inLog.getFirst()))
                    : store(path, names);
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        long first = Long.parseLong(files.getFirst().getFileName().toString());
        return new StoreDirectory(path, Kind.STORE, Optional.of(Files.size(files.getFirst())),
                new LogExtent(first, first + bytes), "", brokersParts(path, names));
    }

    private static StoreDirectory without(Path path, Kind kind, String found) {
        return new StoreDirectory(path, kind, Optional.empty(), LogExtent.NONE, found, List.of());
    }

    private static StoreDirectory store(Path path, List<String> names) throws IOException {
        return new StoreDirectory(path, Kind.STORE, Optional.empty(), LogExtent.NONE, "", brokersParts(path, names));
    }

    private static List<String> brokersParts(Path path, List<String> names) throws IOException {
        Path config = path.resolve(CONFIG);
        boolean brokersConfig = Files.isDirectory(config)
                && names(config).stream().anyMatch(name -> !name.startsWith(DELAY_OFFSETS));
        return names.stream()
                .filter(name -> BROKERS_PARTS.contains(name) || name.equals(CONFIG) && brokersConfig)
                .toList();
    }

    /// Sorted.
    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /// Makes the directory, so that what cannot be is known before anything else is done for it.
    void make() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new StoreException("directory %s: expected to be able to make it, found that the system refuses: %s"
                    .formatted(path, reason(e)), e);
        }
        if (!Files.isWritable(path)) {
            throw new StoreException(
                    "directory %s: expected to be able to write to it, found it read-only".formatted(path));
        }
    }

    /// Of some errors the message is but the name of the file.
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no files can be made in " + parent(missing.getFile());
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException existing -> existing.getFile() + " is a file, not a directory";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage();
        };
    }

    private static Path parent(String file) {
        Path path = Path.of(file).toAbsolutePath();
        return path.getParent() == null ? path : path.getParent();
    }

    /// Throws [StoreException] when no store can be opened here.
    void checkStore() {
        switch (kind) {
            case STORE -> segmentSizeBytes.ifPresent(this::checkSegmentSize);
            case MISSING -> throw new StoreException(StoreFault.of(StoreFault.Kind.NO_SUCH_DIRECTORY, path),
                    "directory %s: expected a store, found no such directory".formatted(path));
            case EMPTY -> throw new StoreException(StoreFault.of(StoreFault.Kind.EMPTY_DIRECTORY, path),
                    "directory %s: expected a store, found it empty; \"New store\" makes one here"
                            .formatted(path));
            case SOMETHING_ELSE -> throw new StoreException(StoreFault.of(StoreFault.Kind.NOT_A_STORE, path, found),
                    "directory %s: expected a store (a folder \"commitlog\" with log files), found %s; nothing was touched"
                            .formatted(path, found));
        }
    }

    /// Throws [StoreException] when a broker's parts would be left behind by what is written here.
    void checkKeptUpWhole() {
        if (!brokersParts.isEmpty()) {
            throw new StoreException(
                    StoreFault.of(StoreFault.Kind.BROKERS_PARTS, path, String.join(", ", brokersParts)),
                    "directory %s: expected a store of which this program keeps up every part, found %s of a broker; nothing was touched"
                            .formatted(path, String.join(", ", brokersParts)));
        }
    }

    private void checkSegmentSize(long sizeBytes) {
        try {
            StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG.kind().check(sizeBytes);
        } catch (IllegalArgumentException e) {
            throw new StoreException("directory %s: expected commit log files of %s, found the first one %d bytes long"
                    .formatted(path, StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG.kind().range(), sizeBytes), e);
        }
    }

    /// Throws [StoreException] when no new store can be made here.
    void checkFree() {
        switch (kind) {
            case MISSING, EMPTY -> {}
            case STORE -> throw new StoreException(StoreFault.of(StoreFault.Kind.STORE_THERE, path),
                    "directory %s: expected an empty or a new directory, found a store; use \"Open store\" for it"
                            .formatted(path));
            case SOMETHING_ELSE -> throw new StoreException(StoreFault.of(StoreFault.Kind.NOT_EMPTY, path, found),
                    "directory %s: expected an empty or a new directory, found %s; nothing was touched"
                            .formatted(path, found));
        }
    }
}
