package dev.storescope.app;

import dev.storescope.app.cli.ScenarioPictures;
import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.PlayedSession;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.shell.MainWindow;
import dev.storescope.app.shell.WindowParts;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.sim.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Dimension2D;
import javafx.scene.control.Label;

/// Draws the window at moments of a scenario, without showing it. A picture is the same whenever it is drawn.
///
/// Threads: not the JavaFX thread, which does the drawing.
final class ScenarioStudio implements ScenarioPictures {
    private static final Dimension2D SIZE = new Dimension2D(1600, 1000);
    private static final int TEXT_SIZE_PERCENT = 100;
    /// What happens between two frames is seen as rates and histories; so many steps at most lie between them.
    private static final long FRAME_NS = 20_000_000;
    private static final long FRAME_STEPS = 2_000_000;
    private static final long SETTLE_NS = 260_000_000;
    private static final Path DATA = Path.of(System.getProperty("java.io.tmpdir"), "storescope");

    @Override
    public ScenarioOutcome play(ScenarioRun run, Path directory) throws IOException {
        Studio.open();
        try (PlayedSession session = new PlayedSession(run.simulation())) {
            Window window = Window.of(session);
            Stop stop = run.run(Until.time(FRAME_NS), FRAME_STEPS);
            while (!(stop instanceof Stop.Ended)) {
                window.frame(run.simulation().nanos());
                if (stop instanceof Stop.AtPicture(Picture picture)) {
                    window.draw(run.simulation().nanos(), directory.resolve(picture.name() + ".png"));
                }
                stop = run.run(Until.time(run.simulation().nanos() + FRAME_NS), FRAME_STEPS);
            }
            return run.outcome();
        } finally {
            Platform.exit();
        }
    }

    /// The window that is drawn, and how far its own clock is ahead of the world's.
    private static final class Window {
        private final Pulse pulse;
        private final MainWindow window;
        private long aheadNs;

        private Window(Pulse pulse, MainWindow window) {
            this.pulse = pulse;
            this.window = window;
        }

        private static Window of(PlayedSession session) {
            return Studio.onFx(() -> {
                var settings = AppSettingsFile.inMemory(AppSettings.defaults());
                Pulse pulse = Pulse.unmeasured(session);
                Look look = new Look(Theme.DARK, TEXT_SIZE_PERCENT, MainWindow.stylesheets());
                var texts = new Texts(Language.ENGLISH);
                var parts = new WindowParts(session, pulse, texts, look, settings,
                        new AppPaths(DATA), (_, _, _) -> Optional.empty(), _ -> {
                        }, "");
                var window = new MainWindow(parts, SIZE.getWidth(), SIZE.getHeight());
                if (window.scene().lookup("#world") instanceof Label world) {
                    world.setText(texts.get("shell.world.simulated"));
                }
                return new Window(pulse, window);
            });
        }

        private void frame(long nanos) {
            Studio.layOut(window, SIZE);
            Studio.onFx(() -> {
                pulse.frame(nanos + aheadNs);
                return 0;
            });
            // What panels asked for has arrived.
            Studio.onFx(() -> 0);
        }

        /// What is written only now and then is written once more before.
        private void draw(long nanos, Path file) throws IOException {
            aheadNs += SETTLE_NS;
            frame(nanos);
            aheadNs += SETTLE_NS;
            frame(nanos);
            Studio.layOut(window, SIZE);
            Studio.onFx(() -> dev.storescope.app.shell.Picture.of(window.scene().getRoot(), 1)).write(file);
        }
    }
}
