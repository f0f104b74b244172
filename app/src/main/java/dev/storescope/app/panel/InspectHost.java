package dev.storescope.app.panel;

import dev.storescope.app.session.inspect.ExportFormat;
import java.nio.file.Path;
import java.util.List;

/// What the panel that looks at directories asks of the window around it.
///
/// Threads: the JavaFX thread.
public interface InspectHost {
    /// Nobody who could be asked: nothing is chosen.
    InspectHost NONE = new InspectHost() {
        @Override
        public void chooseDirectory() {
            // nothing is chosen
        }

        @Override
        public void openSample() {
            // there is no place for it
        }

        @Override
        public void open(Path directory) {
            // nowhere to open it
        }

        @Override
        public void openStoreInUse() {
            // none is in use
        }

        @Override
        public void export(ExportFormat format) {
            // nothing is chosen
        }

        @Override
        public List<Path> recent() {
            return List.of();
        }
    };

    /// Asks for a directory and looks at it.
    void chooseDirectory();

    /// Lays out the sample and looks at it.
    void openSample();

    void open(Path directory);

    /// Looks at the directory of the store that is open in this window; nothing when none is.
    void openStoreInUse();

    /// Asks for a file and writes what is listed into it.
    void export(ExportFormat format);

    /// Directories that were looked at before, the latest first.
    List<Path> recent();
}
