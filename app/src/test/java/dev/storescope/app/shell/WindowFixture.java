package dev.storescope.app.shell;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.StoreWorld;
import dev.storescope.app.session.WorldSwitch;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.stage.Stage;
import javafx.stage.Window;

/// The whole window on a screen that nobody sees, over real stores in a folder of its own.
final class WindowFixture implements AutoCloseable {
    static final long SEGMENT_BYTES = 256 << 10;

    final Path folder;
    final AppSettingsFile settings = AppSettingsFile.inMemory(AppSettings.defaults());
    final LiveSession session;
    /// What the window is of.
    final WorldSwitch worlds;
    final Texts texts = new Texts(Language.ENGLISH);
    final Look look = new Look(Theme.DARK, 100, MainWindow.stylesheets());
    final List<Path> openedFiles = new ArrayList<>();
    final MainWindow window;
    private final Pulse pulse;
    /// What the user chooses when asked for a directory.
    Optional<Path> picked = Optional.empty();
    /// What the user chooses when asked for a file to write.
    Optional<Path> pickedFile = Optional.empty();

    /// On the JavaFX thread.
    WindowFixture(Stage stage, Path folder, double width, double height) {
        this(stage, folder, new LiveWorld(), width, height);
    }

    /// On the JavaFX thread.
    WindowFixture(Stage stage, Path folder, StoreWorld world, double width, double height) {
        this.folder = folder;
        session = new LiveSession(world, settings);
        worlds = new WorldSwitch(session, settings);
        pulse = new Pulse(worlds);
        window = new MainWindow(new WindowParts(worlds, pulse, texts, look, settings, new AppPaths(folder),
                picker(), openedFiles::add, "test"), width, height);
        stage.setScene(window.scene());
        stage.show();
        pulse.start();
    }

    private DirectoryPicker picker() {
        return new DirectoryPicker() {
            @Override
            public Optional<Path> pick(Window owner, String title, Path start) {
                return picked;
            }

            @Override
            public Optional<Path> pickFile(Window owner, String title, Path start, String... patterns) {
                return picked;
            }

            @Override
            public Optional<Path> pickNewFile(Window owner, String title, Path start, String name) {
                return pickedFile;
            }
        };
    }

    void openStore() {
        session.create(folder.resolve("store"), SEGMENT_BYTES).join();
        await(() -> window.status().storeOpenProperty().get());
    }

    /// Of the store that is open.
    StoreSnapshot snapshot() {
        return session.read().snapshot().orElseThrow();
    }

    /// Messages of the load that runs, or ran last; 0 before the first one.
    long acknowledged() {
        return session.read().load().map(LoadSnapshot::acknowledged).orElse(0L);
    }

    void await(BooleanSupplier condition) {
        FxThread.await(condition);
    }

    /// @param otherwise what is said when it does not become true
    void await(BooleanSupplier condition, Supplier<String> otherwise) {
        FxThread.await(condition, otherwise);
    }

    @Override
    public void close() {
        FxThread.run(pulse::stop);
        worlds.close();
    }
}
