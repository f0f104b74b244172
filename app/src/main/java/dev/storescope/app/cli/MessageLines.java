package dev.storescope.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storescope.app.cli.InspectCommand.Faults;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageList;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/// Prints messages, one a line, until nobody reads them any more.
final class MessageLines implements MessageList.Sink {
    private final PrintWriter out;
    private final Optional<ReportJson> json;
    private Faults faults = Faults.NONE;
    private boolean headerPrinted;

    /// @param json as what to print them, else as text
    MessageLines(PrintWriter out, Optional<ReportJson> json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void message(MessageExt message) {
        if (json.isPresent()) {
            try {
                out.println(json.get().line(message));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        if (!headerPrinted) {
            headerPrinted = true;
            out.println("%15s  %9s  %12s  %-24s  %s".formatted("offset", "bytes", "queue offset", "stored",
                    "topic / queue, tags, keys"));
        }
        StringBuilder line = new StringBuilder("%15s  %9s  %12s  %-24s  %s / %d".formatted(
                Numbers.count(message.commitLogOffset()), Numbers.count(message.storeSizeBytes()),
                Numbers.count(message.queueOffset()), Instant.ofEpochMilli(message.storeTimestamp()),
                message.topic(), message.queueId()));
        append(line, ", tags ", message.tags());
        append(line, ", keys ", message.keys());
        out.println(Printable.text(line.toString()));
    }

    private static void append(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(name).append(value);
        }
    }

    @Override
    public void fault(LogStep.Fault fault) {
        faults = faults.and(fault);
    }

    @Override
    public boolean hasEnough() {
        return out.checkError();
    }

    Faults faults() {
        return faults;
    }
}
