package dev.storescope.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioException;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.scenario.file.Durations;
import dev.storescope.app.session.scenario.file.ScenarioFileException;
import dev.storescope.app.session.scenario.file.ScenarioReader;
import dev.storescope.app.session.trace.ChromeTraceWriter;
import dev.storescope.app.session.trace.Recorder;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.sim.world.EventLog.Keeping;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Runs a scenario without a window.
@Command(name = "simulate", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "Runs a scenario in its simulated world: a load on a store whose time, threads and disk are drawn from a seed,"
                    + " with faults, kills and power cuts, and says what came of it.",
            "The same file and seed give the same run, to the byte and the nanosecond: compare the trace hash."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
            "0:it ran, every promise was kept, and what the file expects came true",
            "1:the store broke a promise, could not be opened, or something else came than the file expects",
            "2:the file or the arguments are wrong; stderr says line and field"},
        footerHeading = "%nExamples:%n", footer = {
            "  storescope simulate async-power-cut", "  storescope simulate mine.yaml --seed 8 --json out.json"})
final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_SPANS = 1 << 24;

    private final ScenarioPictures pictures;

    @Spec private CommandSpec command;

    @Parameters(paramLabel = "FILE",
            description = "A scenario (YAML), or the name of one that comes with the program: ${COMPLETION-CANDIDATES}.",
            completionCandidates = ShippedScenarios.class) private String file;

    @Option(names = "--seed", paramLabel = "S", description = "In place of the file's.") private Optional<Long> seed;

    @Option(names = "--until", paramLabel = "T", converter = TimeConverter.class,
            description = "End at this simulated time, such as 250ms, in place of the file's.") private Optional<Long> untilNs;

    @Option(names = "--json", paramLabel = "FILE",
            description = "Write what came of it as JSON too.") private Optional<Path> json;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Write what each thread did as a trace that ui.perfetto.dev and chrome://tracing open.") private Optional<Path> trace;

    @Option(names = "--screenshots", paramLabel = "DIR",
            description = "Draw the window at the moments that the file names under 'pictures', a PNG each, and film what it names under 'clips', an animated PNG each; needs no display.") private Optional<Path> screenshots;

    SimulateCommand(ScenarioPictures pictures) {
        this.pictures = pictures;
    }

    /// Reads times such as 250ms.
    static final class TimeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            OptionalLong nanos = Durations.parse(text);
            if (nanos.isEmpty() || nanos.getAsLong() > Durations.LONGEST_NS) {
                throw new TypeConversionException("expected %s, found '%s'".formatted(Durations.FORM, text));
            }
            return nanos.getAsLong();
        }
    }

    @Override
    public Integer call() throws IOException {
        StorescopeCommand.logOnlyWarnings();
        Scenario scenario = scenario();
        OutputFiles.check("--json", json);
        OutputFiles.check("--trace", trace);
        Keeping keeping = trace.isPresent() || screenshots.isPresent() ? Keeping.ALL : Keeping.COUNTS;
        scenario = scenario.withSpec(scenario.spec().toBuilder().keeping(keeping).build());
        try (StoreLog log = new StoreLog(); ScenarioRun run = ScenarioRun.start(scenario)) {
            ProbeReader events = run.simulation().events().newReader();
            ScenarioOutcome outcome = screenshots.isPresent()
                    ? pictures.play(run, screenshots.get())
                    : run.runToEnd();
            PrintWriter out = command.commandLine().getOut();
            new OutcomeText(outcome).print(file, log.lines(), out);
            out.flush();
            if (json.isPresent()) {
                ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
                mapper.writeValue(json.get().toFile(), OutcomeJson.of(outcome, file, mapper));
            }
            if (trace.isPresent()) {
                writeTrace(trace.get(), events, run.simulation().events().size());
            }
            return exitCode(outcome);
        } catch (ScenarioException e) {
            throw new ParameterException(command.commandLine(), file + ": " + e.getMessage(), e);
        }
    }

    private Scenario scenario() throws IOException {
        try {
            Scenario scenario = Files.exists(Path.of(file))
                    ? ScenarioReader.read(Path.of(file))
                    : ShippedScenarios.named(file)
                            .orElseThrow(() -> new ParameterException(command.commandLine(),
                                    "%s: no such file, nor a scenario that comes with the program; those are %s"
                                            .formatted(file, String.join(", ", ShippedScenarios.names()))));
            if (seed.isPresent()) {
                scenario = scenario.withSeed(seed.get());
            }
            return untilNs.isPresent()
                    ? scenario.withUntil(scenario.until().withNanos(untilNs.get()))
                    : scenario;
        } catch (ScenarioFileException e) {
            e.problems().forEach(problem -> command.commandLine().getErr().println(file + ":" + problem.text()));
            throw new ParameterException(command.commandLine(),
                    "%s: not run: %d %s".formatted(file, e.problems().size(),
                            e.problems().size() == 1 ? "thing is wrong" : "things are wrong"),
                    e);
        }
    }

    private void writeTrace(Path path, ProbeReader events, long count) throws IOException {
        Recorder recorder = new Recorder(1, Math.clamp(count, Recorder.DEFAULT_SPANS, MOST_SPANS));
        events.drainTo(recorder);
        try (BufferedWriter writer = Files.newBufferedWriter(path)) {
            new ChromeTraceWriter(recorder.recording()).write(writer);
        }
        if (recorder.recording().isCut()) {
            command.commandLine()
                    .getErr()
                    .println("the trace holds only the last %s spans".formatted(
                            Numbers.count(MOST_SPANS)));
        }
    }

    private int exitCode(ScenarioOutcome outcome) {
        return outcome.areAllPromisesKept() && outcome.failure().isEmpty() && outcome.unmet().isEmpty()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }
}
