package dev.storescope.app.session.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.storescope.app.session.inspect.CsvLine;
import dev.storescope.app.session.inspect.ExportFormat;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// A ledger as a file: the rows as CSV; with the crashes and the counts as JSON.
public final class LedgerFile {
    private static final List<String> NAMES = List.of("fate", "cause", "topic", "queueId", "queueOffset", "keys",
            "commitLogOffset", "sizeBytes", "storeTime", "worldNanos", "answer");

    private LedgerFile() {
    }

    /// Has its name only when it is whole.
    public static void write(LedgerReport report, ExportFormat format, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                switch (format) {
                    case CSV -> csv(report, out);
                    case JSON -> json(report, out);
                }
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void csv(LedgerReport report, Writer out) throws IOException {
        CsvLine.write(out, NAMES);
        for (LedgerRow row : report.rows()) {
            CsvLine.write(out, List.of(row.fate(), row.cause(), row.topic(), row.queueId(), text(row.queueOffset()),
                    row.keys(), text(row.offset()), text(row.sizeBytes()), date(row), nanos(row),
                    row.answer().map(Enum::name).orElse("")));
        }
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    private static String date(LedgerRow row) {
        return switch (row.when()) {
            case LedgerRow.When.Date(long epochMillis) -> Instant.ofEpochMilli(epochMillis).toString();
            case LedgerRow.When.OfWorld _ -> "";
        };
    }

    private static String nanos(LedgerRow row) {
        return switch (row.when()) {
            case LedgerRow.When.Date _ -> "";
            case LedgerRow.When.OfWorld(long nanos) -> Long.toString(nanos);
        };
    }

    private static void json(LedgerReport report, Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("crashes");
            for (Death death : report.deaths()) {
                json.writeStartObject();
                json.writeStringField("kind", death.kind().name());
                number(json, "worldNanos", death.nanos());
                json.writeNumberField("flushedOffset", death.flushedOffset());
                json.writeNumberField("cachedOffset", death.cachedOffset());
                json.writeNumberField("wroteOffset", death.wroteOffset());
                json.writeEndObject();
            }
            json.writeEndArray();
            counts(report, json);
            json.writeArrayFieldStart("messages");
            for (LedgerRow row : report.rows()) {
                row(row, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void counts(LedgerReport report, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counts");
        for (var fate : report.counts().entrySet()) {
            json.writeObjectFieldStart(fate.getKey().name());
            for (var cause : fate.getValue().entrySet()) {
                json.writeNumberField(cause.getKey().name(), cause.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeNumberField("keptBeyondReach", report.beyond().kept());
        json.writeNumberField("unknownBeyondReach", report.beyond().unknown());
        json.writeNumberField("brokenPromises", report.brokenPromises());
        json.writeNumberField("strangers", report.strangers().size());
    }

    private static void row(LedgerRow row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("fate", row.fate().name());
        json.writeStringField("cause", row.cause().name());
        json.writeStringField("topic", row.topic());
        json.writeNumberField("queueId", row.queueId());
        number(json, "queueOffset", row.queueOffset());
        json.writeStringField("keys", row.keys());
        number(json, "commitLogOffset", row.offset());
        number(json, "sizeBytes", row.sizeBytes());
        switch (row.when()) {
            case LedgerRow.When.Date _ -> json.writeStringField("storeTime", date(row));
            case LedgerRow.When.OfWorld(long nanos) -> json.writeNumberField("worldNanos", nanos);
        }
        if (row.answer().isPresent()) {
            json.writeStringField("answer", row.answer().get().name());
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, OptionalLong number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsLong());
        }
    }
}
