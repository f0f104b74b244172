package dev.storescope.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storescope.app.cli.Progress.Output;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Proves the directory of a store.
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "Proves the directory of a store, ours or a real broker's, running or not: every record and CRC, every queue entry"
                    + " against its record and every record against its entry, every chain and entry of the index, the"
                    + " checkpoint. Tells each fault with file and position.",
            "Never writes, takes no lock. What a store that runs or was killed has not dispatched yet is no fault."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
            "0:sound", "1:damaged (the report tells each fault), or something cannot be read",
            "2:DIR holds no store, or wrong use"})
final class CheckCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "DIR", description = "The directory that holds commitlog.") private Path directory;

    @Option(names = "--json", description = "Print JSON.") private boolean json;

    @Option(names = "--set", paramLabel = "name=value",
            description = "What the files do not say, by RocketMQ's name: maxHashSlotNum and maxIndexNum of the index, messageDelayLevel."
                    + " Without it the defaults count, and for the index what its content proves.") private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        StorescopeCommand.logOnlyWarnings();
        LiveEnvironment environment = LiveEnvironment.withoutProbe();
        StoreCheck check = new StoreCheck(environment, config());
        requireStore(environment);
        PrintWriter err = command.commandLine().getErr();
        CheckLine progress = new CheckLine(err, Output.ofStderr());
        CheckReport report = check.run(progress);
        progress.clear();
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            out.println(mapper.writeValueAsString(json(report, mapper)));
        } else {
            print(report, out);
        }
        out.flush();
        return report.isSound() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private MessageStoreConfig config() {
        MessageStoreConfig.Builder builder = MessageStoreConfig.builder(directory);
        try {
            settings.forEach(builder::set);
            return builder.build();
        } catch (StoreException | IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /// A directory that holds no store is neither sound nor damaged.
    private void requireStore(LiveEnvironment environment) {
        if (Files.isRegularFile(directory)) {
            throw new ParameterException(command.commandLine(),
                    "%s: expected the directory of a store, found a file".formatted(directory));
        }
        try {
            new StoreInspector(environment, directory).requireStore();
        } catch (StoreException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static void print(CheckReport report, PrintWriter out) {
        line(out, "store", report.directory().toString());
        line(out, "log", "offsets %s to %s, %s sound records".formatted(Numbers.count(report.log().minOffset()),
                Numbers.count(report.log().endOffset()), Numbers.count(report.log().records())));
        line(out, "queues", "%s, %s entries that match their record".formatted(Numbers.count(report.queues()),
                Numbers.count(report.queueEntries())));
        line(out, "index", "%s files, %s entries that match their record".formatted(
                Numbers.count(report.indexFiles()), Numbers.count(report.indexEntries())));
        line(out, "verdict", report.isSound()
                ? "sound"
                : "damaged, %s places are wrong".formatted(Numbers.count(report.faultPlaces())));
        report.faults().forEach(fault -> out.println("  " + Printable.text(fault.text())));
        long told = report.faults().stream().mapToLong(CheckFault::places).sum();
        if (told < report.faultPlaces()) {
            out.println("  and %s more".formatted(Numbers.count(report.faultPlaces() - told)));
        }
        report.notes().forEach(note -> out.println("note: " + Printable.text(note)));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-12s%s".formatted(name, value));
    }

    private static ObjectNode json(CheckReport report, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("directory", report.directory().toString());
        json.put("sound", report.isSound());
        json.put("minOffset", report.log().minOffset());
        json.put("endOffset", report.log().endOffset());
        json.put("records", report.log().records());
        json.put("queues", report.queues());
        json.put("queueEntries", report.queueEntries());
        json.put("indexFiles", report.indexFiles());
        json.put("indexEntries", report.indexEntries());
        json.put("faultCount", report.faultPlaces());
        json.putArray("faults");
        for (CheckFault fault : report.faults()) {
            ObjectNode each = json.withArray("faults").addObject();
            each.put("part", word(fault.kind().part()));
            each.put("kind", word(fault.kind()));
            each.put("file", fault.file());
            each.put("position", fault.position());
            fault.offset().ifPresent(offset -> each.put("offset", offset));
            each.put("expected", fault.expected());
            each.put("found", fault.found());
            each.put("places", fault.places());
        }
        json.putArray("notes");
        report.notes().forEach(json.withArray("notes")::add);
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
