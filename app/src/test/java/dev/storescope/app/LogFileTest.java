package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    /// The file stays open until the program ends.
    @TempDir(cleanup = CleanupMode.NEVER) private Path folder;

    @Test
    void shouldKeepWhatTheEngineSaysWithItsCause() {
        // given
        Path file = folder.resolve("log/storescope.log");
        LogFile.open(file);
        // when
        System.getLogger("dev.storescope.engine.Some")
                .log(Level.WARNING, "no force",
                        new IllegalStateException("the disk is gone"));
        // then
        assertThat(file).content().contains("WARN", "dev.storescope.engine.Some: no force", "the disk is gone");
    }
}
