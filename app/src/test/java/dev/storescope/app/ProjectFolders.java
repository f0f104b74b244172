package dev.storescope.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the project's own files lie, for tests that read them.
final class ProjectFolders {

    private ProjectFolders() {}

    /// The top level. Tests run in the folder of their module, and below the top level from an IDE.
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("fxml")) && Files.isDirectory(folder.resolve("styles"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "no folder above %s has fxml and styles".formatted(Path.of("").toAbsolutePath()));
    }

    /// What is written by hand and shipped: one folder a module.
    static List<Path> mainSources() {
        return Stream.of("engine", "app").map(module -> root().resolve(module).resolve("src/main/java")).toList();
    }

    /// All files below `folder` whose names end with `suffix`, in the order of their names.
    static List<Path> filesBelow(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
