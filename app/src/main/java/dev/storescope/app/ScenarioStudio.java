package dev.storescope.app;

import dev.storescope.app.cli.ScenarioPictures;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.PlayedSession;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.scenario.View;
import dev.storescope.engine.sim.Until;
import java.io.IOException;
import java.nio.file.Path;
import javafx.application.Platform;

/// Plays scenarios before the window and draws it at the moments that they name. A picture is the same whenever it is drawn.
///
/// Threads: not the JavaFX thread, which does the drawing.
final class ScenarioStudio implements ScenarioPictures {
    /// What happens between two frames is seen as rates and histories. A long run has longer ones, so that it is drawn in
    /// reasonable time; so many steps at most lie between them.
    private static final long LEAST_FRAME_NS = 20_000_000;
    private static final long MOST_FRAMES = 400;
    private static final long FRAME_STEPS = 2_000_000;
    private static final AppPaths PATHS = new AppPaths(Path.of(System.getProperty("java.io.tmpdir"), "storescope"));

    /// Takes what is to be seen at a moment.
    @FunctionalInterface
    interface Camera {
        void take(Picture picture, Studio studio) throws IOException;
    }

    @Override
    public ScenarioOutcome play(ScenarioRun run, Path directory) throws IOException {
        Studio.open();
        try {
            return play(run, (picture, studio) -> studio.draw(picture.view().scale())
                    .write(directory.resolve(picture.name() + ".png")));
        } finally {
            Platform.exit();
        }
    }

    /// With JavaFX running.
    ///
    /// @param run at its beginning; each event of it is kept
    static ScenarioOutcome play(ScenarioRun run, Camera camera) throws IOException {
        Scenario scenario = run.scenario();
        long frameNs = Math.max(LEAST_FRAME_NS, scenario.until().nanos() / MOST_FRAMES);
        View first = scenario.pictures().stream().findFirst().map(Picture::view).orElse(View.USUAL);
        try (PlayedSession session = new PlayedSession(run.simulation())) {
            Studio studio = new Studio(session, PATHS, first);
            Stop stop = run.run(Until.time(frameNs), FRAME_STEPS);
            while (!(stop instanceof Stop.Ended)) {
                studio.frame(run.simulation().nanos());
                if (stop instanceof Stop.AtPicture(Picture picture)) {
                    studio.use(picture.view());
                    studio.settle();
                    camera.take(picture, studio);
                }
                stop = run.run(Until.time(run.simulation().nanos() + frameNs), FRAME_STEPS);
            }
            return run.outcome();
        }
    }
}
