package dev.storescope.engine.queue;

import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.queue.RecoveryPoint.QueueEnd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The queues that were opened, beside what a [RecoveryPoint] says of them. What it says of topics that were deleted behind
/// it does not count.
///
/// Threads: the one that opens the store.
final class QueuesAtPoint {
    private final RecoveryPoint point;
    private final QueueTable table;
    private final List<QueueEnd> counting;

    QueuesAtPoint(RecoveryPoint point, QueueTable table, DeletedTopics deleted) {
        this.point = point;
        this.table = table;
        this.counting = point.queues()
                .stream()
                .filter(queue -> !deleted.covers(queue.topic(), point.lastRecordOffset()))
                .toList();
    }

    /// Where each queue ended at the point.
    Map<ConsumeQueue, Long> ends() {
        Map<ConsumeQueue, Long> ends = new LinkedHashMap<>();
        for (QueueEnd end : counting) {
            table.find(end.topic(), end.queueId()).ifPresent(queue -> ends.put(queue, end.end()));
        }
        return ends;
    }

    /// Looks at the begin and the end of each queue only.
    ///
    /// @return why they cannot be what the point says; "" when nothing is odd
    String fault(MappedFileQueue log, long minCommitLogOffset) {
        for (QueueEnd expected : counting) {
            String fault = table.find(expected.topic(), expected.queueId())
                    .map(queue -> fault(queue, expected.end(), log, minCommitLogOffset))
                    .orElse("is missing");
            if (!fault.isEmpty()) {
                return "topic '%s', queue %d: %s".formatted(expected.topic(), expected.queueId(), fault);
            }
        }
        return "";
    }

    private String fault(ConsumeQueue queue, long end, MappedFileQueue log, long minCommitLogOffset) {
        long first = queue.firstQueueOffset();
        if (queue.maxQueueOffset() < end || first > end) {
            return "expected entries up to queue offset %d, found %d to %d".formatted(end, first,
                    queue.maxQueueOffset());
        }
        Optional<ConsumeQueueEntry> last = queue.entry(end - 1)
                .filter(entry -> entry.commitLogOffset() >= minCommitLogOffset);
        if (last.isPresent() && !pointsToItsMessage(queue, end - 1, last.get(), log)) {
            return "expected the last entry, at queue offset %d, to point to its message, found %s".formatted(end - 1,
                    last.get());
        }
        // The file before went when the log had none of its messages any more, and as a rule not all of this one either.
        long begins = queue.entry(first).map(ConsumeQueueEntry::commitLogOffset).orElse(-1L);
        if (first > 0 && begins >= minCommitLogOffset) {
            return "expected a file before queue offset %d, whose message at offset %d the log still has, found none"
                    .formatted(first, begins);
        }
        return "";
    }

    private boolean pointsToItsMessage(ConsumeQueue queue, long queueOffset, ConsumeQueueEntry entry,
            MappedFileQueue log) {
        long offset = entry.commitLogOffset();
        return offset < point.offset() && log.find(offset)
                .map(file -> new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), CrcCheck.SKIP)
                        .seek(offset - file.fromOffset()))
                .filter(scanner -> scanner.next() == Found.RECORD && scanner.sizeBytes() == entry.sizeBytes()
                        && scanner.queueOffset() == queueOffset
                        && scanner.queueId() == queue.queueId()
                        && scanner.topic().equals(queue.topic()))
                .isPresent();
    }
}
