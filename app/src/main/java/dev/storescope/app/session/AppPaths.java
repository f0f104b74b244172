package dev.storescope.app.session;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where the program keeps what is its own: the user's data folder, by the custom of each system.
///
/// @param data everything of the program lies in it
public record AppPaths(Path data) {
    private static final String NAME = "storescope";

    /// Of the user who runs the program.
    public static AppPaths ofUser() {
        return of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static AppPaths of(String system, Path home, Map<String, String> environment) {
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.contains("win")) {
            String roaming = environment.getOrDefault("APPDATA", "");
            return new AppPaths(
                    (roaming.isBlank() ? home.resolve("AppData/Roaming") : Path.of(roaming)).resolve("Storescope"));
        }
        if (lower.contains("mac")) {
            return new AppPaths(home.resolve("Library/Application Support/Storescope"));
        }
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        return new AppPaths((xdg.isBlank() ? home.resolve(".local/share") : Path.of(xdg)).resolve(NAME));
    }

    /// The store that is opened when nobody has asked for another.
    public Path defaultStore() {
        return data.resolve("store");
    }

    public Path settingsFile() {
        return data.resolve("settings.json");
    }

    /// What the program and the engine have to say, errors with all their causes.
    public Path logFile() {
        return data.resolve("log").resolve("storescope.log");
    }

    /// Where directories that come with the program are laid out.
    public Path samples() {
        return data.resolve("samples");
    }

    /// Pictures that the user takes.
    public Path pictures() {
        return data.resolve("pictures");
    }
}
