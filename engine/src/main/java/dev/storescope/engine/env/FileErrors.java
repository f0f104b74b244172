package dev.storescope.engine.env;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Makes errors of the JDK's file classes name what was tried on which file: many say only the one or the other.
final class FileErrors {
    /// What Linux, macOS and Windows say in English when there is no room; the JDK passes it on as text only.
    private static final List<String> NO_SPACE = List.of("no space left", "disk quota exceeded", "not enough space");
    /// With less than that left, a failed write is taken for lack of room whatever language the system speaks.
    private static final long NO_SPACE_BYTES = 4096;

    private FileErrors() {
    }

    /// @param action what was tried, as in "cannot `open`"
    static IOException describe(String action, Path path, IOException cause) {
        if (cause instanceof DiskFullException) {
            return cause;
        }
        String message = "cannot %s %s: %s".formatted(action, path, reason(path, cause));
        return isNoSpace(path, cause)
                ? new DiskFullException(message + ", " + usableText(path), cause)
                : new IOException(message, cause);
    }

    static DiskFullException noRoom(Path file, long wantedBytes, String reason) {
        return new DiskFullException("cannot create %s: wanted %,d bytes, %s (%s)".formatted(file, wantedBytes,
                usableText(file), reason), null);
    }

    private static String reason(Path path, IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "no such file or directory";
            case FileAlreadyExistsException e -> "exists already";
            case AccessDeniedException e -> "permission denied";
            case DirectoryNotEmptyException e -> "directory is not empty";
            case NotDirectoryException e -> "not a directory";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    private static boolean isNoSpace(Path path, IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return NO_SPACE.stream().anyMatch(message::contains)
                || usableBytes(path).orElse(Long.MAX_VALUE) < NO_SPACE_BYTES;
    }

    private static String usableText(Path path) {
        OptionalLong usable = usableBytes(path);
        return usable.isPresent() ? "%,d bytes usable".formatted(usable.getAsLong()) : "usable bytes not known";
    }

    private static OptionalLong usableBytes(Path path) {
        try {
            return OptionalLong.of(Files.getFileStore(existing(path)).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /// The path itself or the nearest directory above it that exists.
    static Path existing(Path path) throws NoSuchFileException {
        for (Path candidate = path.toAbsolutePath(); candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new NoSuchFileException(path.toString());
    }
}
