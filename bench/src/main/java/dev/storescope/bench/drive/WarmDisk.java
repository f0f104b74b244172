package dev.storescope.bench.drive;

import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.FileDisk;
import dev.storescope.engine.env.ForwardingDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The machine's disk, on which the first files of the log have been prepared.
final class WarmDisk extends ForwardingDisk {
    private final WarmFiles warmFiles;
    private final List<Path> prepared;

    WarmDisk(StoreSetup setup) {
        super(new FileDisk());
        warmFiles = setup.warmFiles();
        prepared = warmFiles.linksIn(setup.logDirectory());
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        int number = prepared.indexOf(file);
        if (number < 0 || sizeBytes != warmFiles.sizeBytes()) {
            return disk().create(file, sizeBytes);
        }
        Files.createLink(file, warmFiles.file(number));
        return disk().open(file);
    }
}
