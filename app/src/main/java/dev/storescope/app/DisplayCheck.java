package dev.storescope.app;

import java.util.Map;
import java.util.Optional;

/// Says in one line why the window cannot open, where a user can do something about it.
final class DisplayCheck {

    private static final String WHAT_WORKS = "Without a window these work: storescope load, storescope inspect, storescope screenshot.";

    private DisplayCheck() {}

    /// Looks before JavaFX is asked, which is faster and gives a better reason.
    ///
    /// @param environment the environment variables of this process
    /// @param osName the system property `os.name`
    /// @param platform the system property `glass.platform`, which names a screen that needs no display; may be null
    static Optional<String> complaint(Map<String, String> environment, String osName, String platform) {
        boolean needsVariable = osName.startsWith("Linux") && platform == null;
        if (!needsVariable || isSet(environment, "DISPLAY") || isSet(environment, "WAYLAND_DISPLAY")) {
            return Optional.empty();
        }
        return Optional.of("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. " + WHAT_WORKS);
    }

    /// @param failure what JavaFX threw
    /// @return empty when the fault lies in the program, and is to be seen in full
    static Optional<String> complaint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause).contains(UnsatisfiedLinkError.class.getSimpleName())) {
                return Optional.of(complaintAbout("a system library is missing: " + firstLineOf(cause)));
            }
        }
        boolean isOurs = firstLineOf(failure).startsWith("Exception in Application")
                || firstLineOf(failure).startsWith("Unable to construct Application");
        return isOurs ? Optional.empty() : Optional.of(complaintAbout(firstLineOf(failure)));
    }

    private static String complaintAbout(String reason) {
        return "the window cannot open: %s. %s%s".formatted(
                reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason,
                reason.contains("GTK") ? "Is GTK 3 installed (libgtk-3-0)? " : "",
                WHAT_WORKS);
    }

    private static String firstLineOf(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }
}
