package dev.storescope.app.cli;

import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.torture.TortureMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The program as the command line sees it: without a subcommand it opens the window.
///
/// Exit codes: 0 done, 1 something failed (one line on stderr says what), 2 wrong use.
@Command(name = "storescope", mixinStandardHelpOptions = true, versionProvider = Version.class, subcommands = {
    LoadCommand.class, InspectCommand.class, CheckCommand.class, TortureCommand.class}, sortOptions = false,
        description = {
            "A message store in the manner of RocketMQ's, and a window in which to watch it work.",
            "Without a command the window opens."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands (each has --help):%n", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done", "1:something failed; stderr says what", "2:wrong use"})
public final class StorescopeCommand implements Callable<Integer> {
    private final Callable<Integer> window;

    private StorescopeCommand(Callable<Integer> window) {
        this.window = window;
    }

    /// Runs what `args` say.
    ///
    /// @param window opens the window and returns the exit code when it was closed
    /// @param pictures draws those of scenarios
    /// @param furtherCommands annotated objects of other packages
    /// @return the exit code
    public static int run(String[] args, Callable<Integer> window, ScenarioPictures pictures,
            Object... furtherCommands) {
        return commandLine(window, pictures, furtherCommands).execute(args);
    }

    static CommandLine commandLine(Callable<Integer> window, ScenarioPictures pictures, Object... furtherCommands) {
        CommandLine commandLine = new CommandLine(new StorescopeCommand(window));
        commandLine.addSubcommand(new SimulateCommand(pictures));
        for (Object command : furtherCommands) {
            commandLine.addSubcommand(command);
        }
        return commandLine.registerConverter(StoreOptions.Flush.class, new WordConverter<>(StoreOptions.Flush.class))
                .registerConverter(TortureMode.class, new WordConverter<>(TortureMode.class))
                .registerConverter(Theme.class, new WordConverter<>(Theme.class))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(StorescopeCommand::wrongUse)
                .setExecutionExceptionHandler(StorescopeCommand::failed);
    }

    @Override
    public Integer call() throws Exception {
        return window.call();
    }

    /// Commands say what went wrong themselves; only warnings of the store come beside that.
    public static void logOnlyWarnings() {
        if (LoggerFactory.getLogger("dev.storescope") instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(ch.qos.logback.classic.Level.WARN);
        }
    }

    private static int wrongUse(ParameterException wrong, String[] args) {
        CommandLine commandLine = wrong.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println(oneLine(commandLine, wrong));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Try '%s --help'.".formatted(commandLine.getCommandSpec().qualifiedName()));
        }
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println(oneLine(commandLine, failure));
        commandLine.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// Where it was thrown, for whoever looks for the fault.
    private static String place(Exception failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return stack.length == 0 ? "an unknown place" : stack[0].toString();
    }

    private static String oneLine(CommandLine commandLine, Exception failure) {
        String text = switch (failure) {
            case StoreException known -> known.getMessage();
            // picocli says the word twice for what is no name=value.
            case ParameterException known -> known.getMessage().replace("option option ", "option ");
            case UncheckedIOException known -> known.getCause().toString();
            case IOException known -> known.toString();
            default -> "unexpected: %s at %s".formatted(failure, place(failure));
        };
        return commandLine.getCommandSpec().qualifiedName() + ": "
                + String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
    }
}
