package dev.storescope.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.StoreInspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what is in the directory of a store.
@Command(name = "inspect", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "Reads the directory of a store, ours or a real broker's, running or not: files, positions, records, first and last"
                    + " message, faults.",
            "Never writes, takes no lock."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
final class InspectCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "DIR", description = "The directory that holds commitlog.") private Path directory;

    @ArgGroup(exclusive = true) private Form form = new Form();

    /// How to say it.
    private static final class Form {
        @Option(names = "--json", description = "Print JSON.") private boolean json;

        @Option(names = "--records",
                description = "Print a JSON line for each record and each fault, by offset, with the fields of --acks.") private boolean records;
    }

    @Override
    public Integer call() throws IOException {
        StorescopeCommand.logOnlyWarnings();
        StoreInspector inspector = new StoreInspector(LiveEnvironment.withoutProbe(), directory);
        PrintWriter out = command.commandLine().getOut();
        ObjectMapper mapper = new ObjectMapper();
        if (form.records) {
            new ReportJson(mapper).printRecords(inspector, out);
        } else if (form.json) {
            mapper.enable(SerializationFeature.INDENT_OUTPUT);
            out.println(mapper.writeValueAsString(new ReportJson(mapper).of(inspector.inspect())));
        } else {
            new ReportText(out).print(inspector.inspect());
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
