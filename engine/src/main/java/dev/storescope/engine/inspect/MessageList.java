package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import java.util.OptionalLong;

/// The messages of a log that a filter lets through, one after another as they stand there, however many they are.
///
/// Begins in the file that holds the wanted offset, and goes on behind damage where the next sound record stands.
///
/// Threads: one.
public final class MessageList {
    private final StoreInspector inspector;
    private final MessageSelection filter;
    private long count;

    public MessageList(StoreInspector inspector, MessageSelection filter) {
        this.inspector = inspector;
        this.filter = filter;
    }

    /// Is told what the list comes across.
    public interface Sink {
        void message(MessageExt message);

        /// A place that cannot be read.
        void fault(LogStep.Fault fault);

        /// Whether the list may end before its end.
        boolean hasEnough();
    }

    /// Throws [dev.storescope.engine.api.StoreException] when a file cannot be read.
    public void each(Sink sink) {
        for (LogFile file : inspector.logFiles()) {
            boolean wanted = file.sizeBytes() > 0
                    && filter.fromCommitLogOffset() - file.fromOffset() < file.sizeBytes();
            if (wanted && !isEnough(sink)) {
                each(file, sink);
            }
        }
    }

    private void each(LogFile file, Sink sink) {
        try (RecordCursor cursor = inspector.open(file)) {
            long from = filter.fromCommitLogOffset() - file.fromOffset();
            boolean more = from <= 0 || cursor.seekSound(from).isPresent();
            while (more && !isEnough(sink)) {
                more = switch (cursor.next()) {
                    case LogStep.Record record -> {
                        record(record, cursor, sink);
                        yield true;
                    }
                    case LogStep.Fault fault -> {
                        sink.fault(fault);
                        OptionalLong next = cursor.seekSound(fault.position() + 1);
                        yield next.isPresent();
                    }
                    case LogStep.Blank _,LogStep.End _ -> false;
                };
            }
        }
    }

    private void record(LogStep.Record record, RecordCursor cursor, Sink sink) {
        if (filter.matches(record)) {
            MessageExt message = cursor.message();
            if (filter.matches(message)) {
                count++;
                sink.message(message);
            }
        }
    }

    private boolean isEnough(Sink sink) {
        return count >= filter.maxCount() || sink.hasEnough();
    }
}
