package dev.storescope.app;

import java.util.List;
import java.util.Optional;
import javafx.application.Application;

/// Where the program starts.
///
/// Not itself a JavaFX `Application`: the launcher of a JDK refuses one whose JavaFX lies on the class path.
public final class Main {

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        int status = run(List.of(args));
        if (status != DONE) {
            System.exit(status);
        }
    }

    private static int run(List<String> arguments) {
        if (arguments.equals(List.of("--version"))) {
            System.out.println("storescope " + Version.current());
            return DONE;
        }
        return openWindow(arguments);
    }

    /// Returns when the window was closed.
    private static int openWindow(List<String> arguments) {
        Optional<String> complaint = DisplayCheck.complaint(
                System.getenv(), System.getProperty("os.name"), System.getProperty("glass.platform"));
        if (complaint.isPresent()) {
            return fail(complaint.get());
        }
        try {
            Application.launch(StorescopeApplication.class, arguments.toArray(String[]::new));
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
