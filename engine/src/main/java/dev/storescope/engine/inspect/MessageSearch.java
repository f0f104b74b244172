package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import java.util.ArrayList;
import java.util.List;

/// Looks through a whole log for messages, bit by bit, from its start to its end. It asks neither queues nor index, so it
/// finds what they have lost, too.
///
/// Threads: one.
public final class MessageSearch {
    private final StoreInspector inspector;
    private final List<LogFile> files;
    private final MessageQuery query;
    private long nextOffset;
    private long row;
    private boolean complete;

    MessageSearch(StoreInspector inspector, List<LogFile> files, MessageQuery query) {
        this.inspector = inspector;
        this.files = files;
        this.query = query;
        nextOffset = files.isEmpty() ? 0 : files.getFirst().fromOffset();
        complete = files.isEmpty();
    }

    /// Looks at so many records more. Throws [dev.storescope.engine.api.StoreException] when a file cannot be read.
    ///
    /// @return what was found among them, by offset
    public List<BrowsedRow> lookOn(int mostRecords) {
        List<BrowsedRow> found = new ArrayList<>();
        try (LogRows walk = new LogRows(inspector, files, nextOffset)) {
            for (int i = 0; i < mostRecords && !complete; i++) {
                switch (walk.next()) {
                    case LogStep.Record record -> {
                        if (query.fits(record)) {
                            addIfItFits(record, walk, found);
                        }
                        row++;
                    }
                    case LogStep.Fault _ -> {
                        row++;
                        complete = walk.isAtTail();
                    }
                    case LogStep.Blank _,LogStep.End _ -> complete = true;
                }
            }
            nextOffset = walk.nextOffset();
        }
        return found;
    }

    private void addIfItFits(LogStep.Record record, LogRows walk, List<BrowsedRow> found) {
        MessageExt message = walk.message();
        if (query.fits(message)) {
            found.add(new BrowsedRow(row, walk.file().name(), record, message.keys(), message.tags(),
                    message.body().length));
        }
    }

    /// Whether the end of the log was reached.
    public boolean isComplete() {
        return complete;
    }

    /// Up to where it has looked, bytes from the start of the log.
    public long lookedUpTo() {
        return nextOffset;
    }
}
