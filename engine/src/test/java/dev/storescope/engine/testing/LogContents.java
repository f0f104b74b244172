package dev.storescope.engine.testing;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the whole log of an open store, record by record, as a reader of it would.
public final class LogContents {
    private LogContents() {
    }

    /// All messages from the start to the end of the log. Fails when something else stands between them.
    public static List<MessageExt> of(MessageStore store) {
        List<MessageExt> messages = new ArrayList<>();
        long fileSizeBytes = store.config().mappedFileSizeCommitLog();
        for (long offset = store.getMinPhyOffset(); offset < store.getMaxPhyOffset(); offset += fileSizeBytes) {
            Optional<SelectMappedBufferResult> bytes = store.getCommitLogData(offset);
            try (SelectMappedBufferResult lease = bytes.orElseThrow()) {
                RecordScanner scanner = new RecordScanner(lease.segment(), offset, lease.sizeBytes(), CrcCheck.CHECK);
                Found found = scanner.next();
                while (found == Found.RECORD) {
                    messages.add(scanner.decode());
                    found = scanner.next();
                }
                if (found == Found.FAULT) {
                    throw new AssertionError("at offset %d: %s".formatted(scanner.commitLogOffset(), scanner.fault()));
                }
            }
        }
        return messages;
    }
}
