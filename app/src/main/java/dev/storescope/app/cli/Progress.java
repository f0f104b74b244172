package dev.storescope.app.cli;

import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// How far a load is, on stderr: a bar that moves where there is a terminal, a line now and then where there is none.
final class Progress {
    private static final int BAR_CHARS = 24;
    private static final long LINE_INTERVAL_NS = 5_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    /// What stderr is.
    enum Output {
        TERMINAL, FILE_OR_PIPE;

        /// Of this process.
        static Output ofStderr() {
            Path stderr = Path.of("/proc/self/fd/2");
            try {
                if (Files.exists(stderr)) {
                    String target = Files.readSymbolicLink(stderr).toString();
                    return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") ? TERMINAL : FILE_OR_PIPE;
                }
            } catch (IOException e) {
                // no such system: ask Java
            }
            return System.console() != null && System.console().isTerminal() ? TERMINAL : FILE_OR_PIPE;
        }
    }

    private final PrintWriter err;
    private final Output output;
    private final long logBytesAtStart;
    private long lastLineNs;
    private long lastNs;
    private long lastMessages;
    private double perSecond;

    /// @param logBytesAtStart length of the log when the load began
    Progress(PrintWriter err, Output output, long logBytesAtStart) {
        this.err = err;
        this.output = output;
        this.logBytesAtStart = logBytesAtStart;
    }

    void show(LoadSnapshot load, long logBytes) {
        long elapsedNs = load.elapsedNs();
        if (output == Output.FILE_OR_PIPE && elapsedNs - lastLineNs < LINE_INTERVAL_NS || elapsedNs <= lastNs) {
            return;
        }
        perSecond = (load.sent() - lastMessages) * 1e9 / (elapsedNs - lastNs);
        lastNs = elapsedNs;
        lastMessages = load.sent();
        double done = fractionDone(load, logBytes);
        if (output == Output.TERMINAL) {
            err.print(CLEAR_LINE + bar(done) + " " + figures(load, done));
        } else {
            lastLineNs = elapsedNs;
            err.println(figures(load, done));
        }
        err.flush();
    }

    /// Takes the bar away.
    void end() {
        if (output == Output.TERMINAL) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    /// Of the limit that will be reached first, as far as can be seen.
    private double fractionDone(LoadSnapshot load, long logBytes) {
        LoadLimits limits = load.spec().limits();
        double ofMessages = (double) load.sent() / limits.messages();
        double ofTime = (double) load.elapsedNs() / limits.durationNs();
        double ofBytes = (logBytes - logBytesAtStart) / Math.max(1.0, limits.logBytes() - logBytesAtStart);
        return Math.clamp(Math.max(ofMessages, Math.max(ofTime, ofBytes)), 0, 1);
    }

    private static String bar(double done) {
        int full = (int) (done * BAR_CHARS);
        return "[" + "#".repeat(full) + "-".repeat(BAR_CHARS - full) + "]";
    }

    private String figures(LoadSnapshot load, double done) {
        String text = String.format(Locale.ROOT, "%3.0f %%  %s messages  %s/s", done * 100,
                Numbers.count(load.sent()), Numbers.count(Math.round(perSecond)));
        if (load.refused() > 0) {
            text += "  refused " + Numbers.count(load.refused());
        }
        return load.missed() > 0 ? text + "  missed " + Numbers.count(load.missed()) : text;
    }
}
