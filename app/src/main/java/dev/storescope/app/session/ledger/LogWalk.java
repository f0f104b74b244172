package dev.storescope.app.session.ledger;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.LogWindow;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The records of a log one behind the other, from one that begins at an offset to the end; over ends of files and what
/// cannot be read.
///
/// Threads: one.
final class LogWalk {
    private static final int RECORDS_AT_A_TIME = 4_096;

    private final MessageStore store;
    private final long endOffset;
    private final long fileBytes;
    private long nextOffset;
    private Iterator<LogStep.Record> read = List.<LogStep.Record>of().iterator();

    LogWalk(MessageStore store, long fromOffset) {
        this.store = store;
        endOffset = store.getMaxPhyOffset();
        fileBytes = store.config().mappedFileSizeCommitLog();
        nextOffset = Math.max(fromOffset, store.getMinPhyOffset());
    }

    /// Nothing at the end.
    Optional<LogStep.Record> next() {
        while (!read.hasNext()) {
            if (nextOffset >= endOffset) {
                return Optional.empty();
            }
            readOn();
        }
        return Optional.of(read.next());
    }

    private void readOn() {
        Optional<LogHole> hole = store.holeAt(nextOffset);
        if (hole.isPresent()) {
            nextOffset = hole.get().toOffset();
            return;
        }
        long fileEnd = nextOffset - nextOffset % fileBytes + fileBytes;
        Optional<SelectMappedBufferResult> bytes = store.getCommitLogData(nextOffset);
        if (bytes.isEmpty()) {
            nextOffset = fileEnd;
            return;
        }
        try (SelectMappedBufferResult lease = bytes.get()) {
            List<LogStep.Record> records = new LogWindow(lease.segment(), nextOffset).walk(nextOffset, endOffset,
                    RECORDS_AT_A_TIME);
            read = records.iterator();
            if (records.isEmpty()) {
                nextOffset = fileEnd;
            } else {
                nextOffset = records.getLast().commitLogOffset() + records.getLast().sizeBytes();
            }
        }
    }
}
