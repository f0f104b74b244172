package dev.storescope.app.session.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The directory that comes with the program: one that RocketMQ 5.5 itself has written, with 300 messages.
final class SampleStore {
    private static final String RESOURCE = "/samples/rocketmq-5.5.zip";
    private static final String NAME = "rocketmq-5.5";

    private SampleStore() {
    }

    /// Lays it out anew, whatever was there before.
    ///
    /// @param samples the folder that it goes into
    /// @return the store's directory
    static Path unpack(Path samples) throws IOException {
        Path directory = samples.resolve(NAME).toAbsolutePath().normalize();
        Path next = directory.resolveSibling(NAME + ".next");
        delete(next);
        try (InputStream stream = SampleStore.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IOException("expected the resource %s, found none".formatted(RESOURCE));
            }
            unpack(new ZipInputStream(stream), next);
        }
        delete(directory);
        Files.move(next, directory);
        return directory;
    }

    private static void unpack(ZipInputStream zip, Path directory) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path file = directory.resolve(entry.getName()).normalize();
            if (!file.startsWith(directory)) {
                throw new IOException("sample: expected %s to lie in it".formatted(entry.getName()));
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
