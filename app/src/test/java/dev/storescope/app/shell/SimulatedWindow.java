package dev.storescope.app.shell;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.WorldSwitch;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.stage.Stage;
import javafx.stage.Window;

/// The whole window over a simulated world, which stands still until a test lets it go on.
final class SimulatedWindow implements AutoCloseable {

    private final AppSettingsFile settings = AppSettingsFile.inMemory(AppSettings.defaults());
    final WorldSwitch session = new WorldSwitch(new LiveSession(new LiveWorld(), settings), settings);
    final Texts texts = new Texts(Language.ENGLISH);
    final MainWindow window;
    private final Pulse pulse = new Pulse(session);
    /// What the user chooses when asked for a file, one that is there or a new one.
    Optional<Path> pickedFile = Optional.empty();

    /// On the JavaFX thread.
    SimulatedWindow(Stage stage, Path folder) {
        session.showSimulated().join();
        window = new MainWindow(new WindowParts(session, pulse, texts,
                new Look(Theme.DARK, 100, MainWindow.stylesheets()), settings,
                new AppPaths(folder), picker(), _ -> {
                }, "test"), 1_600, 1_000);
        stage.setScene(window.scene());
        stage.show();
        pulse.start();
    }

    private DirectoryPicker picker() {
        return new DirectoryPicker() {
            @Override
            public Optional<Path> pick(Window owner, String title, Path start) {
                return Optional.empty();
            }

            @Override
            public Optional<Path> pickFile(Window owner, String title, Path start, String... patterns) {
                return pickedFile;
            }

            @Override
            public Optional<Path> pickNewFile(Window owner, String title, Path start, String name) {
                return pickedFile;
            }
        };
    }

    AppSettingsFile settings() {
        return settings;
    }

    SimulatedWorld world() {
        return session.simulated().orElseThrow();
    }

    void runTo(long nanos) {
        world().runTo(new Moment.AtTime(nanos)).join();
    }

    boolean wasTold(String textKey) {
        return session.eventsAfter(0).stream().anyMatch(event -> event.textKey().equals(textKey));
    }

    void await(BooleanSupplier condition) {
        FxThread.await(condition);
    }

    @Override
    public void close() {
        FxThread.run(pulse::stop);
        session.close();
    }
}
