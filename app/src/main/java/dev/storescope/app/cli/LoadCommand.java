package dev.storescope.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.load.AckListener;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Puts messages into a store on real files, and says how that went.
@Command(name = "load", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "Opens or makes a store and puts messages into it.",
            "Ends after --messages or --seconds, at --max-log, with Ctrl-C, or when the disk is nearly full; a summary on"
                    + " stdout tells rate, latency from the intended send time, forces and file rolls."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n", footer = {
            "  storescope load --dir /tmp/s --seconds 10 --producers 16 --flush sync",
            "  storescope load --dir /tmp/s --rate 5000 --body 100-4K --keys --acks a.jsonl",
            "  storescope load --dir /tmp/s --set flushIntervalCommitLog=100"})
final class LoadCommand implements Callable<Integer> {
    private static final long SHOW_INTERVAL_NS = 250_000_000;

    private final Supplier<StoreEnvironment> world;

    @Spec private CommandSpec command;

    @Mixin private StoreOptions storeOptions;

    @Mixin private LoadOptions loadOptions;

    @Option(names = "--acks", paramLabel = "FILE", description = {
        "Write a JSON line for each acknowledged message, after its acknowledgement and before that producer's next"
                + " put. Under --flush sync every line in it is in the store, whenever this process is killed."}) private Optional<Path> acks;

    @Option(names = "--json", paramLabel = "FILE",
            description = "Write the summary as JSON too.") private Optional<Path> json;

    /// On the machine's own disk.
    LoadCommand() {
        this(LiveEnvironment::withoutProbe);
    }

    LoadCommand(Supplier<StoreEnvironment> world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        StorescopeCommand.logOnlyWarnings();
        StoreEnvironment environment = world.get();
        LoadSpec spec = checked(loadOptions::spec);
        OutputFiles.check("--acks", acks);
        OutputFiles.check("--json", json);
        long segmentBytes = storeOptions.segmentBytes(environment);
        MessageStoreConfig config = checked(() -> storeOptions.config(segmentBytes));
        refuseWhatNoStoreTakes(spec, config);
        storeOptions.warnings(config).forEach(warning -> command.commandLine().getErr().println(warning));
        try (Ledger ledger = Ledger.open(acks); OutputStream summaryFile = openSummaryFile()) {
            return load(environment, config, spec, new Outputs(ledger, summaryFile));
        }
    }

    /// Every put would be refused, for as long as the load runs.
    private void refuseWhatNoStoreTakes(LoadSpec spec, MessageStoreConfig config) {
        long maxBytes = config.number(StoreSetting.MAX_MESSAGE_SIZE);
        long longestBytes = (long) spec.body().maxBytes() * spec.batchSize();
        if (longestBytes > maxBytes) {
            throw new ParameterException(command.commandLine(),
                    "option --body: expected at most %d bytes for all bodies of a put (maxMessageSize), found %d"
                            .formatted(maxBytes, longestBytes));
        }
        long fileBytes = config.mappedFileSizeCommitLog();
        if (spec.leastLogFileBytes() > fileBytes) {
            throw new ParameterException(command.commandLine(),
                    "option --body: expected a put that fits into a log file of %d bytes (mappedFileSizeCommitLog), found one that needs %d"
                            .formatted(fileBytes, spec.leastLogFileBytes()));
        }
    }

    private OutputStream openSummaryFile() throws IOException {
        return json.isPresent() ? Files.newOutputStream(json.get()) : OutputStream.nullOutputStream();
    }

    private int load(StoreEnvironment environment, MessageStoreConfig config, LoadSpec spec, Outputs outputs)
            throws IOException {
        MessageStore store = MessageStoreFactory.create(config, environment);
        store.load();
        try (store) {
            store.start();
            String notWriteable = store.snapshot().notWriteable();
            if (!notWriteable.isEmpty()) {
                throw new StoreException("store %s takes no messages: %s".formatted(config.storePathRootDir(),
                        notWriteable));
            }
            LoadDriver driver = new LoadDriver(store, environment, spec, outputs.ledger().listener());
            try (StopSignal _ = new StopSignal(driver::requestStop)) {
                LoadSummary summary = run(driver, store);
                store.shutdown();
                summary.print(command.commandLine().getOut());
                ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
                mapper.writeValue(outputs.summaryFile(), summary.json(mapper));
                return exitCode(summary, store.snapshot());
            }
        }
    }

    private LoadSummary run(LoadDriver driver, MessageStore store) {
        Progress progress = new Progress(command.commandLine().getErr(), Progress.Output.ofStderr(), logBytes(store));
        driver.start();
        while (!driver.awaitEnd(SHOW_INTERVAL_NS)) {
            progress.show(driver.snapshot(), logBytes(store));
        }
        progress.end();
        LoadEnd end = driver.snapshot().end().orElseThrow();
        return new LoadSummary(driver.snapshot(), end, driver.totalLatency(), store.snapshot());
    }

    private static long logBytes(MessageStore store) {
        return store.getMaxPhyOffset() - store.getMinPhyOffset();
    }

    /// 0 when what was asked for was done.
    ///
    /// @param closed the store after its shutdown
    private int exitCode(LoadSummary summary, StoreSnapshot closed) {
        String failure = switch (summary.end().cause()) {
            case STOPPED, MESSAGES_SENT, TIME_OVER -> "";
            case LOG_LENGTH_REACHED -> loadOptions.isEndless() ? "" : "ended early: " + summary.end().reason();
            case DISK_NEARLY_FULL, STORE_REFUSES, FAILED -> "ended early: " + summary.end().reason();
        };
        if (failure.isEmpty() && summary.load().refused() > 0) {
            failure = "not acknowledged: " + summary.refusals();
        }
        if (failure.isEmpty() && closed.log().unflushedBytes() > 0) {
            failure = "the store could not be stopped cleanly: " + closed.notWriteable();
        }
        if (!failure.isEmpty()) {
            command.commandLine().getErr().println(command.qualifiedName() + ": " + failure);
            command.commandLine().getErr().flush();
        }
        return failure.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /// What is out of range was given wrong.
    private <T> T checked(Supplier<T> options) {
        try {
            return options.get();
        } catch (StoreException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /// What is written beside the store.
    private record Outputs(Ledger ledger, OutputStream summaryFile) {
    }

    /// The ledger, if one is asked for.
    private record Ledger(Optional<AckLedger> file) implements AutoCloseable {
        static Ledger open(Optional<Path> file) throws IOException {
            return new Ledger(file.isPresent() ? Optional.of(AckLedger.create(file.get())) : Optional.empty());
        }

        AckListener listener() {
            return file.<AckListener>map(ledger -> ledger).orElse(AckListener.NONE);
        }

        @Override
        public void close() throws IOException {
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }
}
