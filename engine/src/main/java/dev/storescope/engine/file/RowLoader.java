package dev.storescope.engine.file;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFileQueue.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Opens the files of a row that are in its directory.
///
/// Threads: the one that loads the store.
final class RowLoader {
    private static final Pattern NAME = Pattern.compile("\\d{20}");

    private final StoreEnvironment environment;
    private final Options options;
    private final Consumer<String> notes;

    /// @param notes is told what is odd about the directory
    RowLoader(StoreEnvironment environment, Options options, Consumer<String> notes) {
        this.environment = environment;
        this.options = options;
        this.notes = notes;
    }

    /// Nothing is changed when it throws.
    MappedFile[] load() throws IOException {
        List<Disk.Entry> found = new ArrayList<>();
        for (Disk.Entry entry : environment.disk().list(options.directory())) {
            if (!entry.directory() && NAME.matcher(entry.name()).matches()) {
                found.add(entry);
            } else {
                notes.accept("%s: left alone, its name is no offset of 20 digits".formatted(path(entry)));
            }
        }
        found.sort(Comparator.comparing(Disk.Entry::name));
        List<Disk.Entry> empty = takeEmptyLast(found);
        found.forEach(this::check);
        for (Disk.Entry entry : empty) {
            environment.disk().delete(path(entry));
            notes.accept("%s: deleted, it was empty".formatted(path(entry)));
        }
        return open(found);
    }

    /// Two files are made ahead of time, so two may have lost their length with the power.
    private static List<Disk.Entry> takeEmptyLast(List<Disk.Entry> found) {
        List<Disk.Entry> empty = new ArrayList<>();
        while (!found.isEmpty() && found.getLast().sizeBytes() == 0) {
            empty.add(found.removeLast());
        }
        return empty;
    }

    private void check(Disk.Entry entry) {
        Path path = path(entry);
        if (entry.sizeBytes() != options.fileSizeBytes()) {
            throw new StoreException(StoreFault.of(StoreFault.Kind.OTHER_FILE_SIZE, path, options.sizeSettingName(),
                    options.fileSizeBytes(), entry.sizeBytes()),
                    "%s: expected a file of %d bytes (%s), found %d bytes".formatted(path,
                            options.fileSizeBytes(), options.sizeSettingName(), entry.sizeBytes()));
        }
        long fromOffset = offsetOf(path);
        if (fromOffset % options.fileSizeBytes() != 0) {
            throw new StoreException("%s: expected a name that is a multiple of the file size %d, found %d"
                    .formatted(path, options.fileSizeBytes(), fromOffset));
        }
    }

    private static long offsetOf(Path path) {
        try {
            return Long.parseLong(path.getFileName().toString());
        } catch (NumberFormatException e) {
            throw new StoreException("%s: expected a name that is an offset of at most %d".formatted(path,
                    Long.MAX_VALUE), e);
        }
    }

    private MappedFile[] open(List<Disk.Entry> entries) throws IOException {
        MappedFile[] opened = new MappedFile[entries.size()];
        int count = 0;
        try {
            for (Disk.Entry entry : entries) {
                opened[count] = open(path(entry));
                count++;
            }
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            Arrays.stream(opened, 0, count).forEach(MappedFile::close);
            throw e;
        }
        return opened;
    }

    private MappedFile open(Path path) throws IOException {
        DiskFile diskFile = environment.disk().open(path);
        try {
            MappedFile file = new MappedFile(diskFile, offsetOf(path), environment.memory(), options.pool());
            file.resetPositions(options.fileSizeBytes(), -1, -1);
            return file;
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            diskFile.close();
            throw e;
        }
    }

    private Path path(Disk.Entry entry) {
        return options.directory().resolve(entry.name());
    }
}
