package dev.storescope.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageList;
import dev.storescope.engine.inspect.MessageSelection;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.StoreReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what is in the directory of a store.
@Command(name = "inspect", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "Reads the directory of a store, ours or a real broker's, running or not: files, positions, records, first and last"
                    + " message, faults.",
            "With --messages: the messages themselves, one a line, as they come in the log.",
            "Never writes, takes no lock."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
            "0:a store without faults", "1:faults were found (the report tells each, stderr the first), or DIR holds no"
                    + " store or cannot be read",
            "2:wrong use"})
final class InspectCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "DIR", description = "The directory that holds commitlog.") private Path directory;

    @ArgGroup(exclusive = true) private Form form = new Form();

    @ArgGroup(exclusive = false,
            heading = "%nMessages:%n") private MessageOptions messages = new MessageOptions();

    /// How to say it.
    private static final class Form {
        @Option(names = "--json", description = "Print JSON.") private boolean json;

        @Option(names = "--records",
                description = "Print a JSON line for each record and each fault, by offset, with the fields of --acks.") private boolean records;
    }

    @Override
    public Integer call() throws IOException {
        StorescopeCommand.logOnlyWarnings();
        if (Files.isRegularFile(directory)) {
            throw new StoreException("%s: expected the directory of a store, found a file".formatted(directory));
        }
        StoreInspector inspector = new StoreInspector(LiveEnvironment.withoutProbe(), directory);
        inspector.requireStore();
        PrintWriter out = command.commandLine().getOut();
        ObjectMapper mapper = new ObjectMapper();
        Faults faults;
        if (messages.areWanted()) {
            faults = list(inspector, messages, out, mapper);
        } else if (form.records) {
            faults = new ReportJson(mapper).printRecords(inspector, out);
        } else {
            StoreReport report = inspector.inspect();
            faults = Faults.of(report);
            if (form.json) {
                mapper.enable(SerializationFeature.INDENT_OUTPUT);
                out.println(mapper.writeValueAsString(new ReportJson(mapper).of(report)));
            } else {
                new ReportText(out).print(report);
            }
        }
        out.flush();
        return exitCode(faults);
    }

    private Faults list(StoreInspector inspector, MessageOptions options, PrintWriter out, ObjectMapper mapper)
            throws JsonProcessingException {
        if (form.records) {
            throw new ParameterException(command.commandLine(),
                    "expected one of --messages and --records, found both");
        }
        MessageSelection filter = options.filter(command.commandLine());
        MessageLines lines = new MessageLines(out, form.json ? Optional.of(new ReportJson(mapper)) : Optional.empty());
        new MessageList(inspector, filter).each(lines);
        return lines.faults();
    }

    /// A script need not read the report to learn that a store is damaged.
    private int exitCode(Faults faults) {
        if (faults.first().isEmpty()) {
            return CommandLine.ExitCode.OK;
        }
        PrintWriter err = command.commandLine().getErr();
        String count = faults.count() == 1 ? "a fault" : Numbers.count(faults.count()) + " faults, the first";
        err.println("%s: %s: %s".formatted(command.qualifiedName(), count, faults.first().get().text()));
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// What is wrong with a store.
    record Faults(long count, Optional<LogStep.Fault> first) {
        static final Faults NONE = new Faults(0, Optional.empty());

        private static Faults of(StoreReport report) {
            return new Faults(report.faultCount(), report.faults().stream().findFirst());
        }

        Faults and(LogStep.Fault fault) {
            return new Faults(count + 1, first.or(() -> Optional.of(fault)));
        }
    }
}
