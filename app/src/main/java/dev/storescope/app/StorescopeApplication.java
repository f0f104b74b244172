package dev.storescope.app;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettings.WindowPlace;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.WorldSwitch;
import dev.storescope.app.shell.DirectoryPicker;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.shell.WindowParts;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;

/// The window. JavaFX makes it and calls it on its own thread.
public final class StorescopeApplication extends Application {
    private static final System.Logger LOG = System.getLogger(StorescopeApplication.class.getName());
    private static final double NS_IN_S = 1e9;
    private static final double WIDTH_PIXELS = 1600;
    private static final double HEIGHT_PIXELS = 1000;
    private static final double LEAST_WIDTH_PIXELS = 960;
    private static final double LEAST_HEIGHT_PIXELS = 600;
    private static final long OWN_SEGMENT_BYTES = 64 << 20;

    /// Moving a window tells of each pixel; this long after the last one its place is written down.
    private static final Duration PLACE_STANDS = Duration.millis(400);

    /// Made while JavaFX starts, which takes as long.
    private static final FutureTask<Groundwork> GROUNDWORK = new FutureTask<>(Groundwork::make);

    private final PauseTransition placeStands = new PauseTransition(PLACE_STANDS);
    private AppPaths paths;
    private AppSettingsFile settings;
    private WorldSwitch session;
    private Texts texts;
    private Pulse pulse;
    private Look look;
    /// Guarded by this.
    private boolean closed;

    /// Called by JavaFX.
    public StorescopeApplication() {
    }

    /// What the window is made of and needs no JavaFX.
    private record Groundwork(AppPaths paths, AppSettingsFile settings, WorldSwitch session, Texts texts) {
        static Groundwork make() {
            AppPaths paths = AppPaths.ofUser();
            var settings = new AppSettingsFile(paths.settingsFile());
            var session = new WorldSwitch(new LiveSession(new LiveWorld(), settings), settings);
            return new Groundwork(paths, settings, session, new Texts(settings.get().language()));
        }
    }

    /// Begins with what can be done before JavaFX has started. Opens nothing: there may be no display for the window.
    static void prepare() {
        Thread.ofPlatform().name("groundwork").daemon(true).start(GROUNDWORK);
    }

    /// Called before [#start], not on the JavaFX thread: the store is on its way while the window is made.
    @Override
    public void init() throws InterruptedException, ExecutionException {
        GROUNDWORK.run();
        Groundwork ground = GROUNDWORK.get();
        paths = ground.paths;
        settings = ground.settings;
        session = ground.session;
        texts = ground.texts;
        LogFile.open(paths.logFile());
        // Ctrl-C, `kill` and the end of the desktop's session do not come through stop().
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeSession, "window-end"));
        openStore(settings.get());
        session.showRemembered();
    }

    @Override
    public void start(Stage stage) {
        AppSettings own = settings.get();
        pulse = new Pulse(session);
        look = new Look(own.theme(), own.textSizePercent(), MainWindow.stylesheets());
        var window = MainWindow.shellFirst(new WindowParts(session, pulse, texts, look, settings, paths,
                DirectoryPicker.ofSystem(), file -> getHostServices().showDocument(file.toUri().toString()), version()),
                WIDTH_PIXELS, HEIGHT_PIXELS);
        rememberLook();
        stage.setTitle("Storescope");
        stage.setMinWidth(LEAST_WIDTH_PIXELS);
        stage.setMinHeight(LEAST_HEIGHT_PIXELS);
        stage.setScene(window.scene());
        place(stage, own.window());
        window.whenLive(StorescopeApplication::logStart);
        afterFirstFrame(window.scene(), window::addPanels);
        pulse.start();
        stage.show();
        rememberPlace(stage);
    }

    private static void afterFirstFrame(Scene scene, Runnable action) {
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                Pulse.later(action);
            }
        });
    }

    /// For whoever finds the program slow to start.
    private static void logStart() {
        ProcessAge.now()
                .ifPresent(age -> LOG.log(Level.INFO, String.format(Locale.ROOT,
                        "first live frame %.2f s after the start of the process", age.toNanos() / NS_IN_S)));
    }

    @Override
    public void stop() {
        pulse.stop();
        closeSession();
    }

    /// So that the next start finds a store that was stopped cleanly. Whoever comes second waits for the first: the process
    /// would end under it.
    private synchronized void closeSession() {
        if (!closed) {
            closed = true;
            session.close();
            settings.awaitWritten();
        }
    }

    private void openStore(AppSettings own) {
        Path last = own.lastStore().isEmpty() ? paths.defaultStore() : Path.of(own.lastStore());
        if (last.equals(paths.defaultStore())) {
            session.openOrCreate(last, OWN_SEGMENT_BYTES);
        } else {
            session.open(last);
        }
    }

    private void rememberLook() {
        texts.languageProperty().addListener((_, _, _) -> saveLook());
        look.themeProperty().addListener((_, _, _) -> saveLook());
        look.textSizePercentProperty().addListener((_, _, _) -> saveLook());
    }

    private void saveLook() {
        settings.update(own -> own.withLook(look.theme(), texts.language(), look.textSizePercent()));
    }

    /// At once, not at the end: a program that is killed has none.
    private void rememberPlace(Stage stage) {
        placeStands.setOnFinished(_ -> savePlace(stage));
        for (ObservableValue<?> each : List.of(stage.xProperty(), stage.yProperty(), stage.widthProperty(),
                stage.heightProperty(), stage.maximizedProperty(), stage.fullScreenProperty())) {
            each.addListener((_, _, _) -> placeStands.playFromStart());
        }
        stage.setOnCloseRequest(_ -> savePlace(stage));
    }

    private void savePlace(Stage stage) {
        settings.update(own -> own.withWindow(stage.isMaximized() || stage.isFullScreen()
                ? new WindowPlace(own.window().x(), own.window().y(), own.window().width(), own.window().height(), true)
                : new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), false)));
    }

    /// Where it was, when that is still on a screen; else as large as the screen allows.
    private static void place(Stage stage, WindowPlace place) {
        boolean visible = place.width() > 0
                && !Screen.getScreensForRectangle(place.x(), place.y(), place.width(), place.height()).isEmpty();
        if (visible) {
            stage.setX(place.x());
            stage.setY(place.y());
            stage.setWidth(place.width());
            stage.setHeight(place.height());
        } else {
            Rectangle2D room = Screen.getPrimary().getVisualBounds();
            stage.setWidth(Math.min(WIDTH_PIXELS, room.getWidth()));
            stage.setHeight(Math.min(HEIGHT_PIXELS, room.getHeight()));
        }
        stage.setMaximized(place.maximized());
    }

    private static String version() {
        String version = StorescopeApplication.class.getPackage().getImplementationVersion();
        return version == null ? "1.0.0-SNAPSHOT" : version;
    }
}
