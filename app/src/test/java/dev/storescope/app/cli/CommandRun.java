package dev.storescope.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/// A command run within this process.
///
/// @param out lines on stdout
/// @param err lines on stderr
record CommandRun(int exitCode, List<String> out, List<String> err) {
    static CommandRun of(Object... args) {
        CommandLine commandLine = StorescopeCommand.commandLine(() -> {
            throw new AssertionError("opened the window");
        }, ScenarioPictures.NONE);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] texts = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        int exitCode = commandLine.execute(texts);
        return new CommandRun(exitCode, out.toString().lines().toList(), err.toString().lines().toList());
    }

    String outText() {
        return String.join("\n", out);
    }
}
