package dev.storescope.bench.jmh;

import dev.storescope.bench.drive.DriveProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory for one benchmark, on the disk of the working directory.
public final class Scratch {
    private final Path directory;

    public Scratch() {
        try {
            Path parent = Path.of("bench", "target");
            Files.createDirectories(parent);
            directory = Files.createTempDirectory(parent.toAbsolutePath(), "jmh");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public void delete() {
        try {
            DriveProgram.deleteAll(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
