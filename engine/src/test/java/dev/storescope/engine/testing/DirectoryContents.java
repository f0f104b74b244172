package dev.storescope.engine.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What is in a directory, to see that nobody has written to it.
public final class DirectoryContents {
    private DirectoryContents() {
    }

    /// Each path below with the file's time and digest.
    public static Map<String, String> of(Path directory) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                contents.put(directory.relativize(file).toString(),
                        Files.isDirectory(file)
                                ? "directory"
                                : Files.getLastModifiedTime(file) + " " + sha256(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
