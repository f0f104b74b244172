package dev.storescope.app.cli;

import dev.storescope.engine.api.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `load` writes beside the store: looked at before the load starts, for a path that cannot be written is better
/// known then than after an hour.
final class OutputFiles {
    private OutputFiles() {
    }

    /// Throws [StoreException] when `file` can be no new or replaced file.
    ///
    /// @param option the one that names it, such as `--json`
    static void check(String option, Optional<Path> file) {
        file.map(Path::toAbsolutePath).ifPresent(path -> {
            Path directory = path.getParent();
            if (directory == null || Files.isDirectory(path)) {
                throw new StoreException("option %s: expected a file, found the directory %s".formatted(option, path));
            }
            if (!Files.isDirectory(directory)) {
                throw new StoreException("option %s: cannot write %s: %s".formatted(option, path,
                        Files.exists(directory)
                                ? directory + " is no directory"
                                : "there is no directory " + directory));
            }
        });
    }
}
