package dev.storescope.app.session.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;

/// An array of objects, one a line; a message has its fields, a place where none could be read has its problem.
final class JsonRows implements RowWriter {
    private final JsonGenerator json;

    JsonRows(Writer out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.writeStartArray();
    }

    @Override
    public void write(BrowsedRow row) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeNumberField("row", row.row());
        json.writeStringField("file", row.file());
        json.writeNumberField("commitLogOffset", row.commitLogOffset());
        switch (row.step()) {
            case LogStep.Record record -> {
                json.writeNumberField("sizeBytes", record.sizeBytes());
                json.writeStringField("topic", record.topic());
                json.writeNumberField("queueId", record.queueId());
                json.writeNumberField("queueOffset", record.queueOffset());
                json.writeNumberField("sysFlag", record.sysFlag());
                json.writeNumberField("storeTimestamp", record.storeTimestamp());
                json.writeStringField("storeTime", Instant.ofEpochMilli(record.storeTimestamp()).toString());
                json.writeStringField("tags", row.tags());
                json.writeStringField("keys", row.keys());
                json.writeNumberField("bodyBytes", row.bodyBytes());
            }
            case LogStep.Fault fault -> json.writeStringField("problem", fault.problem());
            case LogStep.Blank _,LogStep.End _ -> throw new IllegalStateException("row of neither record nor fault");
        }
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.close();
    }
}
