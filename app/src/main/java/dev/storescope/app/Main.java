package dev.storescope.app;

import dev.storescope.app.cli.StorescopeCommand;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.application.Application;

/// Where the program starts.
///
/// Not itself a JavaFX `Application`: the launcher of a JDK refuses one whose JavaFX lies on the class path.
public final class Main {

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        int status = args.length == 0 ? openWindowAtOnce() : run(args, Main::openWindow);
        if (status != DONE) {
            System.exit(status);
        }
    }

    private static int run(String[] args, Callable<Integer> window) {
        return StorescopeCommand.run(args, window, new ScenarioStudio(), new ScreenshotCommand());
    }

    /// Past the command line, which takes as long to be set up as JavaFX; it is asked only how to say what went wrong.
    private static int openWindowAtOnce() {
        try {
            return openWindow();
        } catch (RuntimeException e) {
            return run(new String[0], () -> {
                throw e;
            });
        }
    }

    /// Returns when the window was closed.
    private static int openWindow() {
        Optional<String> complaint = DisplayCheck.complaint(
                System.getenv(), System.getProperty("os.name"), System.getProperty("glass.platform"));
        if (complaint.isPresent()) {
            return fail(complaint.get());
        }
        try {
            Drawing.prepare();
            StorescopeApplication.prepare();
            Application.launch(StorescopeApplication.class);
            return DONE;
        } catch (RuntimeException | LinkageError e) {
            Optional<String> reason = DisplayCheck.complaint(e);
            if (reason.isEmpty()) {
                throw e;
            }
            return fail(reason.get());
        }
    }

    private static int fail(String complaint) {
        System.err.println("storescope: " + complaint);
        return FAILED;
    }
}
