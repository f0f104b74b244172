package dev.storescope.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storescope.app.cli.InspectCommand.Faults;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.inspect.CheckpointValues;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.LogFileReport;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.QueueReport;
import dev.storescope.engine.inspect.RecordCursor;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.StoreReport;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// What was found in a store, as JSON. Names are RocketMQ's where it has one.
final class ReportJson {
    private final ObjectMapper mapper;

    ReportJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    ObjectNode of(StoreReport report) {
        ObjectNode json = mapper.createObjectNode();
        json.put("directory", report.directory().toString());
        report.fileSizeBytes().ifPresent(bytes -> json.put("mappedFileSizeCommitLog", bytes));
        json.put("minOffset", report.minOffset());
        json.put("endOffset", report.endOffset());
        json.put("records", report.records());
        json.put("recordBytes", report.recordBytes());
        report.files().forEach(file -> json.withArray("files").add(of(file)));
        json.set("first", of(report.first()));
        json.set("last", of(report.last()));
        report.queues().forEach(queue -> json.withArray("queues").add(of(queue)));
        json.set("checkpoint", report.checkpoint().map(this::of).orElse(null));
        json.put("abort", report.abort().orElse(null));
        ObjectNode derived = json.putObject("derived");
        derived.put("consumeQueueTopics", report.derived().queueTopics());
        derived.put("consumeQueues", report.derived().queues());
        derived.put("consumeQueueFiles", report.derived().queueFiles());
        derived.put("indexFiles", report.derived().indexFiles());
        json.put("faultCount", report.faultCount());
        report.faults().forEach(fault -> json.withArray("faults").add(of(fault)));
        report.notes().forEach(json.withArray("notes")::add);
        return json;
    }

    /// A line for each record and each fault, with the fields of the ledger first.
    ///
    /// @return the faults
    Faults printRecords(StoreInspector inspector, PrintWriter out) throws JsonProcessingException {
        Faults faults = Faults.NONE;
        for (LogFile file : inspector.logFiles()) {
            if (file.sizeBytes() == 0) {
                continue;
            }
            try (RecordCursor cursor = inspector.open(file)) {
                for (LogStep step = cursor.next(); !(step instanceof LogStep.End); step = cursor.next()) {
                    switch (step) {
                        case LogStep.Record _ -> out.println(mapper.writeValueAsString(of(cursor.message())));
                        case LogStep.Fault fault -> {
                            out.println(mapper.writeValueAsString(of(fault)));
                            faults = faults.and(fault);
                        }
                        case LogStep.Blank _,LogStep.End _ -> {
                            // no record
                        }
                    }
                }
            }
        }
        return faults;
    }

    /// A message with the fields of the ledger first, in one line.
    String line(MessageExt message) throws JsonProcessingException {
        return mapper.writeValueAsString(of(message));
    }

    private ObjectNode of(LogFileReport file) {
        ObjectNode json = mapper.createObjectNode();
        json.put("name", file.file().name());
        json.put("fromOffset", file.file().fromOffset());
        json.put("sizeBytes", file.file().sizeBytes());
        json.put("state", file.state().name().toLowerCase(Locale.ROOT));
        json.put("records", file.records());
        json.put("dataEndPosition", file.dataEndPosition());
        if (file.last() instanceof LogStep.Blank(long position, int sizeBytes)) {
            json.put("blankPosition", position);
            json.put("blankBytes", sizeBytes);
        }
        json.put("faults", file.faults());
        file.firstStoreTimestamp().ifPresent(time -> json.put("firstStoreTimestamp", time));
        file.lastStoreTimestamp().ifPresent(time -> json.put("lastStoreTimestamp", time));
        return json;
    }

    private ObjectNode of(Optional<MessageExt> message) {
        return message.map(this::of).orElse(null);
    }

    private ObjectNode of(MessageExt message) {
        ObjectNode json = mapper.createObjectNode();
        json.put("topic", message.topic());
        json.put("queueId", message.queueId());
        json.put("queueOffset", message.queueOffset());
        json.put("physicalOffset", message.commitLogOffset());
        json.put("size", message.storeSizeBytes());
        json.put("bodyCrc32", message.bodyCrc32());
        json.put("keys", message.keys());
        json.put("tags", message.tags());
        json.put("bodyLength", message.body().length);
        json.put("flag", message.flag());
        json.put("sysFlag", message.sysFlag());
        json.put("bornTimestamp", message.bornTimestamp());
        json.put("bornHost", message.bornHost().toString());
        json.put("storeTimestamp", message.storeTimestamp());
        json.put("storeHost", message.storeHost().toString());
        json.put("reconsumeTimes", message.reconsumeTimes());
        json.put("preparedTransactionOffset", message.preparedTransactionOffset());
        json.set("properties", mapper.valueToTree(message.properties()));
        json.put("msgId", message.messageId());
        return json;
    }

    private ObjectNode of(QueueReport queue) {
        ObjectNode json = mapper.createObjectNode();
        json.put("topic", queue.topic());
        json.put("queueId", queue.queueId());
        json.put("records", queue.records());
        json.put("minQueueOffset", queue.minQueueOffset());
        json.put("maxQueueOffset", queue.maxQueueOffset());
        return json;
    }

    private ObjectNode of(CheckpointValues checkpoint) {
        return mapper.valueToTree(checkpoint);
    }

    private ObjectNode of(LogStep.Fault fault) {
        ObjectNode json = mapper.createObjectNode();
        json.put("file", fault.file());
        json.put("position", fault.position());
        json.put("offset", fault.commitLogOffset());
        json.put("problem", fault.problem());
        return json;
    }
}
