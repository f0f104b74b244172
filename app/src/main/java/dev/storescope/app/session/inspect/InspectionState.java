package dev.storescope.app.session.inspect;

import dev.storescope.app.session.Problem;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.StoreBrowser;
import java.nio.file.Path;
import java.util.List;

/// Where an inspection stands.
public sealed interface InspectionState {
    /// No directory was asked for.
    record Nothing() implements InspectionState {
    }

    /// Its files are being listed.
    record Opening(Path directory) implements InspectionState {
    }

    /// Its rows can be asked for, as far as they are known.
    ///
    /// @param tail what has come since it was read
    /// @param problem why it is not read any further; "" while nothing is wrong
    record Open(Path directory, List<LogFile> files, StoreBrowser.Progress progress, LogTail tail,
            String problem) implements InspectionState {
        public Open {
            files = List.copyOf(files);
        }

        /// Whether more of the log will be known by itself.
        public boolean isReading() {
            return !progress.complete() && problem.isEmpty();
        }
    }

    /// It could not be opened.
    record Failed(Path directory, Problem problem) implements InspectionState {
        /// In the words of whoever failed.
        public String message() {
            return problem.message();
        }
    }
}
