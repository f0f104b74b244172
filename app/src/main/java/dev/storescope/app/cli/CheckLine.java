package dev.storescope.app.cli;

import dev.storescope.app.cli.Progress.Output;
import dev.storescope.engine.inspect.check.CheckFault.Part;
import dev.storescope.engine.inspect.check.CheckProgress;
import java.io.PrintWriter;
import java.util.Locale;

/// How far a check is, on stderr: a line that moves where there is a terminal, one for each tenth where there is none.
final class CheckLine implements CheckProgress {
    private static final String CLEAR_LINE = "\r\u001b[K";
    /// A check that is done at once needs no progress.
    private static final long FEWEST_BYTES = 256 << 20;

    private final PrintWriter err;
    private final Output output;
    private long lastStep = -1;
    private boolean shown;

    CheckLine(PrintWriter err, Output output) {
        this.err = err;
        this.output = output;
    }

    @Override
    public void at(Part part, long doneBytes, long totalBytes) {
        if (part != Part.LOG || totalBytes < FEWEST_BYTES) {
            return;
        }
        long percent = doneBytes * 100 / totalBytes;
        long step = output == Output.TERMINAL ? percent : percent / 10;
        if (step == lastStep) {
            return;
        }
        lastStep = step;
        String text = String.format(Locale.ROOT, "checked %d %% of %s of log", percent, Numbers.bytes(totalBytes));
        switch (output) {
            case TERMINAL -> err.print(CLEAR_LINE + text);
            case FILE_OR_PIPE -> err.println(text);
        }
        shown = true;
        err.flush();
    }

    /// Takes the moving line away.
    void clear() {
        if (shown && output == Output.TERMINAL) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
