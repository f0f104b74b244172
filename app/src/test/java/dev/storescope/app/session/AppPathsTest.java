package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppPathsTest {
    private static final Path HOME = Path.of("home");

    @Test
    void shouldFollowTheCustomOfLinux() {
        assertThat(AppPaths.of("Linux", HOME, Map.of()).data()).isEqualTo(HOME.resolve(".local/share/storescope"));
        assertThat(AppPaths.of("Linux", HOME, Map.of("XDG_DATA_HOME", "data")).data())
                .isEqualTo(Path.of("data/storescope"));
    }

    @Test
    void shouldFollowTheCustomOfMacOs() {
        assertThat(AppPaths.of("Mac OS X", HOME, Map.of()).data())
                .isEqualTo(HOME.resolve("Library/Application Support/Storescope"));
    }

    @Test
    void shouldFollowTheCustomOfWindows() {
        assertThat(AppPaths.of("Windows 11", HOME, Map.of("APPDATA", "roaming")).data())
                .isEqualTo(Path.of("roaming/Storescope"));
    }

    @Test
    void shouldKeepEverythingInOnePlace() {
        AppPaths paths = AppPaths.of("Linux", HOME, Map.of());

        assertThat(paths.defaultStore()).startsWithRaw(paths.data());
        assertThat(paths.settingsFile()).startsWithRaw(paths.data());
        assertThat(paths.logFile()).startsWithRaw(paths.data());
        assertThat(paths.pictures()).startsWithRaw(paths.data());
    }
}
