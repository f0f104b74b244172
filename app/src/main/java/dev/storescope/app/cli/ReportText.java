package dev.storescope.app.cli;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.inspect.CheckpointValues;
import dev.storescope.engine.inspect.LogFileReport;
import dev.storescope.engine.inspect.QueueReport;
import dev.storescope.engine.inspect.StoreReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What was found in a store, for people.
final class ReportText {
    /// Longer lists are cut; `--json` has all of them.
    private static final int MAX_LINES = 64;

    private final PrintWriter out;

    ReportText(PrintWriter out) {
        this.out = out;
    }

    void print(StoreReport report) {
        line("store", report.directory().toString());
        line("log", "offsets %s to %s in %s files%s".formatted(Numbers.count(report.minOffset()),
                Numbers.count(report.endOffset()), Numbers.count(report.files().size()),
                report.fileSizeBytes().isPresent()
                        ? " of " + Numbers.bytes(report.fileSizeBytes().getAsLong())
                        : report.files().isEmpty() ? "" : " of different lengths"));
        line("records", "%s, %s, in %s queues".formatted(Numbers.count(report.records()),
                Numbers.bytes(report.recordBytes()), Numbers.count(report.queues().size())));
        line("first", message(report.first()));
        line("last", message(report.last()));
        line("abort", report.abort()
                .map(
                        process -> "present: process %s runs the store, or ended without closing it"
                                .formatted(Printable.text(process)))
                .orElse("absent: closed cleanly"));
        line("checkpoint", report.checkpoint().map(ReportText::checkpoint).orElse("none"));
        line("derived", "%s consume queue files of %s queues, %s index files".formatted(
                Numbers.count(report.derived().queueFiles()), Numbers.count(report.derived().queues()),
                Numbers.count(report.derived().indexFiles())));
        line("faults", report.faultCount() == 0 ? "none" : Numbers.count(report.faultCount()));
        list(report.faults(), fault -> out.println("  " + fault.text()));
        if (!report.files().isEmpty()) {
            out.println();
            out.println("%-20s  %9s  %15s  %s".formatted("file", "records", "data end", "state"));
            list(report.files(), file -> out.println(text(file)));
        }
        if (!report.queues().isEmpty()) {
            out.println();
            out.println("%9s  %-28s  %s".formatted("records", "queue offsets", "topic / queue"));
            list(report.queues(), queue -> out.println(text(queue)));
        }
        if (!report.notes().isEmpty()) {
            out.println();
            report.notes().forEach(note -> out.println("note: " + note));
        }
    }

    private <T> void list(List<T> items, Consumer<T> print) {
        items.stream().limit(MAX_LINES).forEach(print);
        if (items.size() > MAX_LINES) {
            out.println("  and %s more".formatted(Numbers.count(items.size() - MAX_LINES)));
        }
    }

    private void line(String name, String value) {
        out.println("%-12s%s".formatted(name, value));
    }

    private static String message(Optional<MessageExt> message) {
        return message.map(found -> "offset %s, %s / %d at queue offset %s, %s bytes, stored %s".formatted(
                Numbers.count(found.commitLogOffset()), Printable.text(found.topic()), found.queueId(),
                Numbers.count(found.queueOffset()), Numbers.count(found.storeSizeBytes()),
                time(found.storeTimestamp()))).orElse("none");
    }

    private static String checkpoint(CheckpointValues values) {
        return "log %s, queues %s, index %s".formatted(time(values.physicMsgTimestamp()),
                time(values.logicsMsgTimestamp()), time(values.indexMsgTimestamp()));
    }

    private static String time(long millis) {
        return millis == 0 ? "never" : Instant.ofEpochMilli(millis).toString();
    }

    private static String text(LogFileReport file) {
        String state = switch (file.state()) {
            case PREPARED -> "prepared, nothing written";
            case OPEN -> "open";
            case FULL -> "full, blank at " + Numbers.count(file.last().position());
            case DAMAGED -> "damaged: %s faults".formatted(Numbers.count(file.faults()));
        };
        return "%-20s  %9s  %15s  %s".formatted(file.file().name(), Numbers.count(file.records()),
                Numbers.count(file.dataEndPosition()), state);
    }

    private static String text(QueueReport queue) {
        String offsets = Numbers.count(queue.minQueueOffset()) + " to " + Numbers.count(queue.maxQueueOffset());
        return "%9s  %-28s  %s / %d".formatted(Numbers.count(queue.records()),
                queue.isContiguous() ? offsets : offsets + ", with gaps", Printable.text(queue.topic()),
                queue.queueId());
    }
}
