package dev.storescope.engine.inspect;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/// Files mapped for reading, those used last kept open.
///
/// Close it. Threads: one.
public final class MappedFiles implements AutoCloseable {
    private final Disk disk;
    private final int maxOpen;
    private final LinkedHashMap<Path, DiskFile> open = new LinkedHashMap<>(16, 0.75f, true);

    /// @param maxOpen how many; each takes a handle and address space, but no memory of its own
    public MappedFiles(Disk disk, int maxOpen) {
        this.disk = disk;
        this.maxOpen = maxOpen;
    }

    /// Valid until `maxOpen` other files were asked for.
    public MemorySegment map(Path path) throws IOException {
        DiskFile file = open.get(path);
        if (file == null) {
            if (open.size() == maxOpen) {
                open.pollFirstEntry().getValue().close();
            }
            file = disk.openReadOnly(path);
            open.put(path, file);
        }
        return file.map();
    }

    @Override
    public void close() {
        open.values().forEach(DiskFile::close);
        open.clear();
    }
}
