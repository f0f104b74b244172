package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.SysFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Gathers a [StoreReport] file by file. Threads: one.
final class LogWalk {
    private final List<LogFileReport> files = new ArrayList<>();
    private final Map<String, Map<Integer, Queue>> queues = new HashMap<>();
    private final List<LogStep.Fault> faults = new ArrayList<>();
    private long faultCount;
    private long records;
    private long recordBytes;
    private long recordsOfOtherQueues;
    private int queueCount;
    private long endOffset;
    private Optional<MessageExt> first = Optional.empty();
    private Optional<MessageExt> last = Optional.empty();

    void empty(LogFile file) {
        files.add(new LogFileReport(file, 0, 0, new LogStep.End(0), 0, Optional.empty(), Optional.empty()));
    }

    void file(LogFile file, RecordCursor cursor) {
        long recordsBefore = records;
        long faultsBefore = faultCount;
        long dataEnd = 0;
        long lastRecord = -1;
        long firstTimestamp = 0;
        long lastTimestamp = 0;
        LogStep last = cursor.next();
        for (LogStep step = last; !isEnd(step); step = cursor.next()) {
            last = step;
            switch (step) {
                case LogStep.Record record -> {
                    firstTimestamp = lastRecord < 0 ? record.storeTimestamp() : firstTimestamp;
                    lastTimestamp = record.storeTimestamp();
                    lastRecord = record.position();
                    dataEnd = record.position() + record.sizeBytes();
                    record(record, cursor);
                }
                case LogStep.Blank blank -> dataEnd = blank.position() + blank.sizeBytes();
                case LogStep.Fault fault -> fault(fault);
                case LogStep.End _ -> throw new AssertionError("the end ends the loop");
            }
        }
        if (last instanceof LogStep.Record(long position, _, int sizeBytes, _, _, _, _, _, _)) {
            last = new LogStep.End(position + sizeBytes);
        }
        if (lastRecord >= 0) {
            this.last = decodeAt(cursor, lastRecord);
        }
        if (dataEnd > 0) {
            endOffset = file.fromOffset() + dataEnd;
        }
        boolean any = lastRecord >= 0;
        files.add(new LogFileReport(file, records - recordsBefore, dataEnd, last, faultCount - faultsBefore,
                any ? Optional.of(firstTimestamp) : Optional.empty(),
                any ? Optional.of(lastTimestamp) : Optional.empty()));
    }

    StoreReport report(Path directory, Optional<CheckpointValues> checkpoint, Optional<String> abort,
            DerivedFiles derived, List<String> notes) {
        if (recordsOfOtherQueues > 0) {
            notes.add("%d records belong to further queues: only the first %d are listed"
                    .formatted(recordsOfOtherQueues, StoreInspector.MAX_QUEUES));
        }
        long minOffset = files.isEmpty() ? 0 : files.getFirst().file().fromOffset();
        return new StoreReport(directory, fileSize(), files, minOffset, Math.max(minOffset, endOffset), records,
                recordBytes, first, last, queueReports(), faultCount, faults, checkpoint, abort, derived, notes);
    }

    private static boolean isEnd(LogStep step) {
        return step instanceof LogStep.End;
    }

    private void record(LogStep.Record record, RecordCursor cursor) {
        if (first.isEmpty()) {
            first = Optional.of(cursor.message());
        }
        records++;
        recordBytes += record.sizeBytes();
        if (SysFlag.entersQueue(record.sysFlag())) {
            count(record);
        }
    }

    private void count(LogStep.Record record) {
        Map<Integer, Queue> ofTopic = queues.get(record.topic());
        Queue queue = ofTopic == null ? null : ofTopic.get(record.queueId());
        if (queue == null && queueCount == StoreInspector.MAX_QUEUES) {
            recordsOfOtherQueues++;
            return;
        }
        if (queue == null) {
            queueCount++;
            queue = new Queue();
            queues.computeIfAbsent(record.topic(), _ -> new HashMap<>()).put(record.queueId(), queue);
        }
        queue.add(record.queueOffset());
    }

    private void fault(LogStep.Fault fault) {
        faultCount++;
        if (faults.size() < StoreInspector.MAX_FAULTS) {
            faults.add(fault);
        }
    }

    /// Nothing when the record changed meanwhile.
    private static Optional<MessageExt> decodeAt(RecordCursor cursor, long position) {
        return cursor.seek(position).next() instanceof LogStep.Record
                ? Optional.of(cursor.message())
                : Optional.empty();
    }

    private OptionalLong fileSize() {
        long[] sizes = files.stream()
                .mapToLong(report -> report.file().sizeBytes())
                .filter(bytes -> bytes > 0)
                .distinct()
                .toArray();
        return sizes.length == 1 ? OptionalLong.of(sizes[0]) : OptionalLong.empty();
    }

    private List<QueueReport> queueReports() {
        List<QueueReport> reports = new ArrayList<>();
        queues.forEach((topic, ofTopic) -> ofTopic.forEach((queueId, queue) -> reports
                .add(new QueueReport(topic, queueId, queue.records, queue.minOffset, queue.maxOffset))));
        reports.sort(Comparator.comparing(QueueReport::topic).thenComparing(QueueReport::queueId));
        return reports;
    }

    /// Counts the records of one queue.
    private static final class Queue {
        private long records;
        private long minOffset = Long.MAX_VALUE;
        private long maxOffset = Long.MIN_VALUE;

        private void add(long queueOffset) {
            records++;
            minOffset = Math.min(minOffset, queueOffset);
            maxOffset = Math.max(maxOffset, queueOffset);
        }
    }
}
