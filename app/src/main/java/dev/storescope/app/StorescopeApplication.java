package dev.storescope.app;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettings.WindowPlace;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.shell.DirectoryPicker;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.shell.WindowParts;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import java.nio.file.Path;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// The window. JavaFX makes it and calls it on its own thread.
public final class StorescopeApplication extends Application {
    private static final double WIDTH_PIXELS = 1600;
    private static final double HEIGHT_PIXELS = 1000;
    private static final double LEAST_WIDTH_PIXELS = 960;
    private static final double LEAST_HEIGHT_PIXELS = 600;
    private static final long OWN_SEGMENT_BYTES = 64 << 20;

    private AppSettingsFile settings;
    private LiveSession session;
    private Pulse pulse;
    private Texts texts;
    private Look look;

    /// Called by JavaFX.
    public StorescopeApplication() {
    }

    @Override
    public void start(Stage stage) {
        AppPaths paths = AppPaths.ofUser();
        LogFile.open(paths.logFile());
        settings = new AppSettingsFile(paths.settingsFile());
        AppSettings own = settings.get();
        session = new LiveSession(new LiveWorld(), settings);
        pulse = new Pulse(session);
        texts = new Texts(own.language());
        look = new Look(own.theme(), own.textSizePercent(), MainWindow.stylesheets());
        var window = new MainWindow(new WindowParts(session, pulse, texts, look, settings, paths,
                DirectoryPicker.ofSystem(), file -> getHostServices().showDocument(file.toUri().toString()), version()),
                WIDTH_PIXELS, HEIGHT_PIXELS);
        rememberLook();
        stage.setTitle("Storescope");
        stage.setMinWidth(LEAST_WIDTH_PIXELS);
        stage.setMinHeight(LEAST_HEIGHT_PIXELS);
        stage.setScene(window.scene());
        place(stage, own.window());
        stage.setOnCloseRequest(_ -> rememberPlace(stage));
        stage.show();
        pulse.start();
        openStore(paths, own);
    }

    @Override
    public void stop() {
        pulse.stop();
        session.close();
    }

    private void openStore(AppPaths paths, AppSettings own) {
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

    private void rememberPlace(Stage stage) {
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
