package dev.storescope.app.session.inspect;

import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;

/// As RFC 4180 has it, see [CsvLine]: a line of names, and a line for each row.
final class CsvRows implements RowWriter {
    private static final List<String> NAMES = List.of("row", "file", "commitLogOffset", "sizeBytes", "topic", "queueId",
            "queueOffset", "sysFlag", "storeTimestamp", "storeTime", "tags", "keys", "bodyBytes", "problem");

    private final Writer out;

    CsvRows(Writer out) throws IOException {
        this.out = out;
        line(NAMES);
    }

    @Override
    public void write(BrowsedRow row) throws IOException {
        switch (row.step()) {
            case LogStep.Record record -> line(List.of(row.row(), row.file(), record.commitLogOffset(),
                    record.sizeBytes(), record.topic(), record.queueId(), record.queueOffset(), record.sysFlag(),
                    record.storeTimestamp(), Instant.ofEpochMilli(record.storeTimestamp()), row.tags(), row.keys(),
                    row.bodyBytes(), ""));
            case LogStep.Fault fault -> line(List.of(row.row(), row.file(), fault.commitLogOffset(), "", "", "", "", "",
                    "", "", "", "", "", fault.problem()));
            case LogStep.Blank _,LogStep.End _ -> throw new IllegalStateException("row of neither record nor fault");
        }
    }

    private void line(List<?> values) throws IOException {
        CsvLine.write(out, values);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
