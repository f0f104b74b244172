package dev.storescope.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.Window;

/// Asks the user for a directory. Tests bring one that answers by itself.
@FunctionalInterface
public interface DirectoryPicker {
    /// @param start where to begin looking
    /// @return nothing when the user thought better of it
    Optional<Path> pick(Window owner, String title, Path start);

    /// The system's own.
    static DirectoryPicker ofSystem() {
        return (owner, title, start) -> {
            var chooser = new DirectoryChooser();
            chooser.setTitle(title);
            Path existing = start;
            while (existing != null && !existing.toFile().isDirectory()) {
                existing = existing.getParent();
            }
            if (existing != null) {
                chooser.setInitialDirectory(existing.toFile());
            }
            return Optional.ofNullable(chooser.showDialog(owner)).map(java.io.File::toPath);
        };
    }
}
