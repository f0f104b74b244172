package dev.storescope.app.panel.inspect;

import dev.storescope.app.session.inspect.InspectionState;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.StoreBrowser;
import java.util.List;

/// A file of the log, as far as it was read.
record FileLine(String name, long fromOffset, long sizeBytes, State state) {
    enum State {
        NOT_READ, READING,
        /// Read to its end.
        FULL,
        /// The log goes on here.
        OPEN,
        /// Made ahead of time, nothing written yet.
        PREPARED,
        /// A place in it cannot be read.
        DAMAGED
    }

    static List<FileLine> of(InspectionState.Open open) {
        return open.files()
                .stream()
                .map(file -> new FileLine(file.name(), file.fromOffset(), file.sizeBytes(),
                        state(file, open.progress())))
                .toList();
    }

    private static State state(LogFile file, StoreBrowser.Progress progress) {
        long from = file.fromOffset();
        long to = from + file.sizeBytes();
        boolean damaged = progress.faults()
                .stream()
                .anyMatch(fault -> fault.commitLogOffset() >= from && fault.commitLogOffset() < to);
        if (damaged) {
            return State.DAMAGED;
        }
        if (to <= progress.endOffset()) {
            return State.FULL;
        }
        if (progress.complete()) {
            return from < progress.endOffset() ? State.OPEN : State.PREPARED;
        }
        return from <= progress.endOffset() ? State.READING : State.NOT_READ;
    }
}
