package dev.storescope.app;

import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.shell.ActionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The screen Inspect with the sample store on it, one of its messages taken apart. It lies in a folder of its own until it
/// is closed.
final class SampleStudio implements AutoCloseable {
    /// Where the sample of the pictures says it lies.
    private static final Path SAMPLES = Path.of("/tmp/storescope/samples");
    private static final int ROW = 5;
    private static final int FIELD = 10;

    private final AppPaths paths = new AppPaths(ownFolder());
    private final LiveSession session = new LiveSession(new LiveWorld(),
            AppSettingsFile.inMemory(AppSettings.defaults()));
    private final Studio studio;

    SampleStudio(View view) {
        session.inspection()
                .showAs(directory -> directory.startsWith(paths.samples())
                        ? SAMPLES.resolve(paths.samples().relativize(directory))
                        : directory);
        studio = new Studio(session, paths, view);
        studio.run(ActionId.INSPECT_SAMPLE);
        studio.settle();
        press("#inspect-rows", ROW + 1);
        press("#inspect-fields", FIELD + 1);
    }

    Studio studio() {
        return studio;
    }

    /// By the key that a user would press.
    private void press(String query, int times) {
        Studio.onFx(() -> {
            Node node = studio.root().lookup(query);
            for (int i = 0; i < times; i++) {
                Event.fireEvent(node,
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DOWN, false, false, false, false));
            }
            return 0;
        });
        studio.settle();
    }

    private static Path ownFolder() {
        try {
            return Files.createTempDirectory("storescope-pictures-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the sample: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        session.close();
        try (Stream<Path> files = Files.walk(paths.data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(paths.data() + ": " + e.getMessage(), e);
        }
    }
}
