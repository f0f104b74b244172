package dev.storescope.bench.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Files of the log's length whose blocks are allocated and whose pages stand in the page cache, for both engines in
/// turn: a page touched for the first time can cost a virtual machine 2 to 20 µs, which would be measured in place of
/// the engine.
///
/// A store gets them as second names of the same files, so that what it deletes leaves them. They are not zeroed from
/// round to round: a store reads nothing behind what it wrote.
///
/// @param count 0 for none: every file is a fresh one
public record WarmFiles(Path directory, int count, long sizeBytes) {
    private static final int PIECE_BYTES = 1 << 20;

    /// Makes what is missing; returns when all of it is on disk.
    public void prepare() throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < count; i++) {
            Path file = file(i);
            if (!Files.exists(file) || Files.size(file) != sizeBytes) {
                write(file);
            }
        }
        settle();
    }

    private void write(Path file) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long position = 0; position < sizeBytes; position += zeros.limit()) {
                zeros.clear().limit((int) Math.min(PIECE_BYTES, sizeBytes - position));
                channel.write(zeros, position);
            }
        }
    }

    /// Brings all that was written to disk, so that a round pays for none of the one before it.
    public void settle() throws IOException {
        for (int i = 0; i < count; i++) {
            try (FileChannel channel = FileChannel.open(file(i), StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    Path file(int number) {
        return directory.resolve("segment-" + number);
    }

    /// Gives the warm files the names under which a store will look for its log.
    void linkInto(Path logDirectory) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.createDirectories(logDirectory);
            Files.createLink(logDirectory.resolve("%020d".formatted(i * sizeBytes)), file(i));
        }
    }

    /// Those of the names that are still there; the files stay.
    List<Path> linksIn(Path logDirectory) {
        List<Path> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            links.add(logDirectory.resolve("%020d".formatted(i * sizeBytes)));
        }
        return links;
    }
}
