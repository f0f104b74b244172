package dev.storescope.app.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks the user for a directory, or for a file that is to be written. Tests bring one that answers by itself.
@FunctionalInterface
public interface DirectoryPicker {
    /// @param start where to begin looking
    /// @return nothing when the user thought better of it
    Optional<Path> pick(Window owner, String title, Path start);

    /// A file that is there.
    ///
    /// @param patterns of names that are meant, such as `*.yaml`
    /// @return nothing when the user thought better of it
    default Optional<Path> pickFile(Window owner, String title, Path start, String... patterns) {
        return Optional.empty();
    }

    /// A file, which may be there already: then the user has agreed that it is replaced.
    ///
    /// @param name that is proposed
    /// @return nothing when the user thought better of it
    default Optional<Path> pickNewFile(Window owner, String title, Path start, String name) {
        return Optional.empty();
    }

    /// The system's own.
    static DirectoryPicker ofSystem() {
        return new DirectoryPicker() {
            @Override
            public Optional<Path> pick(Window owner, String title, Path start) {
                var chooser = new DirectoryChooser();
                chooser.setTitle(title);
                existing(start).ifPresent(chooser::setInitialDirectory);
                return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
            }

            @Override
            public Optional<Path> pickFile(Window owner, String title, Path start, String... patterns) {
                var chooser = new FileChooser();
                chooser.setTitle(title);
                chooser.getExtensionFilters()
                        .setAll(
                                new FileChooser.ExtensionFilter(String.join(", ", patterns), patterns));
                existing(start).ifPresent(chooser::setInitialDirectory);
                return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
            }

            @Override
            public Optional<Path> pickNewFile(Window owner, String title, Path start, String name) {
                var chooser = new FileChooser();
                chooser.setTitle(title);
                chooser.setInitialFileName(name);
                existing(start).ifPresent(chooser::setInitialDirectory);
                return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
            }
        };
    }

    private static Optional<File> existing(Path start) {
        Path existing = start;
        while (existing != null && !existing.toFile().isDirectory()) {
            existing = existing.getParent();
        }
        return Optional.ofNullable(existing).map(Path::toFile);
    }
}
