package dev.storescope.engine.index;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/// The row of index files, oldest first.
///
/// A file whose length fits neither the settings nor the defaults cannot be read: it is left alone and reported.
///
/// Threads: loaded by the store's owner; files are added by the one that dispatches, taken away by the one that deletes
/// expired files, found by any.
final class IndexFiles {
    private final StoreEnvironment environment;
    private final Disk disk;
    private final Path directory;
    private final Path half;
    private final IndexGeometry geometry;
    private final AtomicReference<List<IndexFile>> files = new AtomicReference<>(List.of());
    private final List<String> notes = new ArrayList<>();
    private final List<String> distrusted = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private String lastName = "";

    /// A file of which only the header can be read.
    private record Unreadable(String name, long endOffset) {
    }

    IndexFiles(StoreEnvironment environment, MessageStoreConfig config) {
        this.environment = environment;
        this.disk = environment.disk();
        this.directory = config.storePathRootDir().resolve("index");
        this.half = config.storePathRootDir().resolve("config").resolve("indexFile.next");
        this.geometry = IndexGeometry.of(config);
    }

    /// Opens what is in the directory. Empty files, as a process leaves them that died while it made one, are deleted.
    void load() throws IOException {
        List<Disk.Entry> found = new ArrayList<>();
        for (Disk.Entry entry : disk.list(directory)) {
            if (!entry.directory() && IndexFileName.isOne(entry.name())) {
                addOrDelete(found, entry);
            } else {
                note("%s: left alone, its name is no time of 17 digits".formatted(directory.resolve(entry.name())));
            }
        }
        found.sort(Comparator.comparing(Disk.Entry::name));
        List<IndexFile> opened = new ArrayList<>();
        try {
            for (Disk.Entry entry : found) {
                open(entry).ifPresent(opened::add);
            }
        } catch (IOException | RuntimeException | InternalError e) {
            opened.forEach(IndexFile::close);
            throw e;
        }
        lastName = found.isEmpty() ? "" : found.getLast().name();
        files.set(List.copyOf(opened));
    }

    private void addOrDelete(List<Disk.Entry> found, Disk.Entry entry) throws IOException {
        if (entry.sizeBytes() > 0) {
            found.add(entry);
        } else {
            disk.delete(directory.resolve(entry.name()));
            note("%s: deleted, it was empty".formatted(directory.resolve(entry.name())));
        }
    }

    private Optional<IndexFile> open(Disk.Entry entry) throws IOException {
        Path path = directory.resolve(entry.name());
        Optional<IndexGeometry> fitting = IndexGeometry.ofFile(entry.sizeBytes(), geometry);
        if (fitting.isEmpty()) {
            leaveAlone(path, entry);
            return Optional.empty();
        }
        DiskFile diskFile = disk.open(path);
        try {
            return Optional.of(new IndexFile(diskFile, fitting.get()));
        } catch (IOException | RuntimeException | InternalError e) {
            diskFile.close();
            throw e;
        }
    }

    private void leaveAlone(Path path, Disk.Entry entry) throws IOException {
        note(("%s: geometry unknown: expected %d bytes (maxHashSlotNum %d, maxIndexNum %d) or %d (the defaults), found"
                + " %d; left alone, its keys cannot be looked up. Open the store with the settings of the file, or"
                + " delete the directory to have the index built again").formatted(path, geometry.fileSizeBytes(),
                        geometry.slots(), geometry.entries(), IndexGeometry.DEFAULT.fileSizeBytes(),
                        entry.sizeBytes()));
        if (entry.sizeBytes() >= IndexGeometry.HEADER_BYTES) {
            try (DiskFile diskFile = disk.openReadOnly(path)) {
                unreadable.add(new Unreadable(entry.name(), IndexFile.endOffset(diskFile.map())));
            }
        }
    }

    /// Oldest first.
    List<IndexFile> all() {
        return files.get();
    }

    Optional<IndexFile> last() {
        List<IndexFile> now = files.get();
        return now.isEmpty() ? Optional.empty() : Optional.of(now.getLast());
    }

    /// Files that are left alone.
    int unreadable() {
        return unreadable.size();
    }

    /// Up to which offset the files that cannot be read have the keys of the log, as far as their headers can be
    /// believed; -1 when there are none.
    ///
    /// @param limitOffset what is behind it cannot be believed
    long unreadableEndOffset(long limitOffset) {
        return unreadable.stream()
                .mapToLong(Unreadable::endOffset)
                .filter(offset -> offset >= 0 && offset < limitOffset)
                .max()
                .orElse(-1);
    }

    /// Names of the files that could not be relied on and were taken away.
    List<String> distrusted() {
        return List.copyOf(distrusted);
    }

    /// What was odd about the directory, and what was done about it.
    List<String> notes() {
        return List.copyOf(notes);
    }

    /// Makes the next file, which goes on where the last one ends.
    IndexFile append() throws IOException {
        if (!disk.exists(directory)) {
            disk.createDirectories(directory);
        }
        String name = IndexFileName.next(environment.currentTimeMillis(), environment.zone(), lastName);
        Path path = directory.resolve(name);
        Optional<IndexFile> before = last();
        DiskFile diskFile = before.isEmpty()
                ? disk.createSparse(path, geometry.fileSizeBytes())
                : createBehind(before.get(), path);
        IndexFile file;
        try {
            file = new IndexFile(diskFile, geometry);
            disk.forceDirectory(directory);
        } catch (IOException | RuntimeException | InternalError e) {
            diskFile.close();
            disk.delete(path);
            throw e;
        }
        lastName = name;
        files.updateAndGet(now -> {
            List<IndexFile> longer = new ArrayList<>(now);
            longer.add(file);
            return List.copyOf(longer);
        });
        return file;
    }

    /// The file has its header before it has its name, whatever dies in between: RocketMQ's store keeps a file that ends at 0
    /// after a crash, and puts keys into it that stand in the files before. It opens whatever lies in the directory, so it is made
    /// elsewhere.
    private DiskFile createBehind(IndexFile before, Path path) throws IOException {
        disk.createDirectories(half.getParent());
        disk.delete(half); // of one who died over it
        try (DiskFile made = disk.createSparse(half, geometry.fileSizeBytes())) {
            IndexFile.begin(made.map(), before.endOffset(), before.endTimestamp());
            made.force(0, IndexGeometry.HEADER_BYTES);
        } catch (IOException | RuntimeException | InternalError e) {
            disk.delete(half);
            throw e;
        }
        disk.rename(half, path);
        return disk.open(path);
    }

    /// Takes away the first file that is meant and all behind it: what follows a hole is built again as well.
    ///
    /// @param reason why a file has to go, nothing when it may stay
    /// @return how many were taken away
    int deleteFromFirst(Function<IndexFile, Optional<String>> reason) throws IOException {
        List<IndexFile> now = files.get();
        int kept = 0;
        String why = "";
        while (kept < now.size() && why.isEmpty()) {
            why = reason.apply(now.get(kept)).orElse("");
            kept += why.isEmpty() ? 1 : 0;
        }
        if (kept < now.size()) {
            List<IndexFile> gone = now.subList(kept, now.size());
            note("%s and %d index files behind it: %s; deleted, to be built again".formatted(
                    gone.getFirst().diskFile().path(), gone.size() - 1, why));
            gone.forEach(file -> distrusted.add(file.name()));
            takeAway(gone::contains);
        }
        return now.size() - kept;
    }

    /// Takes away all files whose last message lies before an offset, but never the last file.
    ///
    /// @return how many were taken away
    int deleteBefore(long minOffset) throws IOException {
        List<IndexFile> now = files.get();
        IndexFile last = last().orElse(null);
        return takeAway(file -> file != last && now.contains(file) && file.endOffset() < minOffset);
    }

    private int takeAway(Predicate<IndexFile> which) throws IOException {
        List<IndexFile> gone = files.get().stream().filter(which).toList();
        if (gone.isEmpty()) {
            return 0;
        }
        files.updateAndGet(now -> now.stream().filter(file -> !gone.contains(file)).toList());
        for (IndexFile file : gone) {
            file.close();
            disk.delete(file.diskFile().path());
        }
        disk.forceDirectory(directory);
        return gone.size();
    }

    void close() {
        files.getAndSet(List.of()).forEach(IndexFile::close);
    }

    private void note(String text) {
        notes.add(text);
    }
}
