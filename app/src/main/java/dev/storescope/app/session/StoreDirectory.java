package dev.storescope.app.session;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.nio.file.Files;
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
public record StoreDirectory(Path path, Kind kind, Optional<Long> segmentSizeBytes, LogExtent log) {
    private static final Pattern LOG_FILE = Pattern.compile("\\d{20}");
    private static final Set<String> OF_A_STORE = Set.of("commitlog", "checkpoint", "abort", "lock", "consumequeue",
            "index", "config");

    /// What a directory is.
    public enum Kind {
        MISSING, EMPTY, STORE, SOMETHING_ELSE
    }

    static StoreDirectory look(Path path) {
        if (!Files.exists(path)) {
            return new StoreDirectory(path, Kind.MISSING, Optional.empty(), LogExtent.NONE);
        }
        if (!Files.isDirectory(path)) {
            return new StoreDirectory(path, Kind.SOMETHING_ELSE, Optional.empty(), LogExtent.NONE);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
            if (names.isEmpty()) {
                return new StoreDirectory(path, Kind.EMPTY, Optional.empty(), LogExtent.NONE);
            }
            boolean store = names.contains("commitlog") || OF_A_STORE.containsAll(names);
            return store
                    ? withLog(path)
                    : new StoreDirectory(path, Kind.SOMETHING_ELSE, Optional.empty(), LogExtent.NONE);
        } catch (IOException e) {
            throw new StoreException("directory %s: cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static StoreDirectory withLog(Path path) throws IOException {
        Path log = path.resolve("commitlog");
        if (!Files.isDirectory(log)) {
            return new StoreDirectory(path, Kind.STORE, Optional.empty(), LogExtent.NONE);
        }
        try (Stream<Path> entries = Files.list(log)) {
            List<Path> files = entries.filter(file -> LOG_FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                return new StoreDirectory(path, Kind.STORE, Optional.empty(), LogExtent.NONE);
            }
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            long first = Long.parseLong(files.getFirst().getFileName().toString());
            return new StoreDirectory(path, Kind.STORE, Optional.of(Files.size(files.getFirst())),
                    new LogExtent(first, first + bytes));
        }
    }

    /// Throws [StoreException] when no store can be opened here.
    void checkStore() {
        switch (kind) {
            case STORE -> segmentSizeBytes.ifPresent(this::checkSegmentSize);
            case MISSING -> throw new StoreException(
                    "directory %s: expected a store, found no such directory".formatted(path));
            case EMPTY -> throw new StoreException(
                    "directory %s: expected a store, found it empty; use \"New store\" to make one here"
                            .formatted(path));
            case SOMETHING_ELSE -> throw new StoreException(
                    "directory %s: expected a store (a folder \"commitlog\"), found other files; nothing was touched"
                            .formatted(path));
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
            case STORE -> throw new StoreException(
                    "directory %s: expected an empty or a new directory, found a store; use \"Open store\" for it"
                            .formatted(path));
            case SOMETHING_ELSE -> throw new StoreException(
                    "directory %s: expected an empty or a new directory, found other files; nothing was touched"
                            .formatted(path));
        }
    }
}
