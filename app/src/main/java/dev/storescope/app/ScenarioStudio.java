package dev.storescope.app;

import dev.storescope.app.cli.ScenarioPictures;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.PlayedSession;
import dev.storescope.app.session.scenario.Clip;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioException;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.engine.sim.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;

/// Plays scenarios before the window and draws it at the moments that they name. A picture is the same whenever it is drawn.
///
/// Threads: not the JavaFX thread, which does the drawing.
final class ScenarioStudio implements ScenarioPictures {
    /// What happens between two frames is seen as rates and histories. A long run has longer ones, so that it is drawn in
    /// reasonable time; so many steps at most lie between them.
    private static final long LEAST_FRAME_NS = 20_000_000;
    private static final long MOST_FRAMES = 400;
    private static final long FRAME_STEPS = 2_000_000;
    private static final long NS_PER_S = 1_000_000_000;
    private static final AppPaths PATHS = new AppPaths(Path.of(System.getProperty("java.io.tmpdir"), "storescope"));

    /// Takes what is to be seen.
    interface Camera {
        void take(Picture picture, Studio studio) throws IOException;

        void take(Clip clip, MovingPicture film) throws IOException;
    }

    /// A clip that is being filmed.
    private static final class Film {
        private final Clip clip;
        private final List<dev.storescope.app.shell.Picture> frames = new ArrayList<>();
        /// They stay where they were at the first frame.
        private final List<Rectangle2D> places;
        private long dueNanos;

        private Film(Clip clip, List<Rectangle2D> places, long nanos) {
            this.clip = clip;
            this.places = places;
            dueNanos = nanos;
        }

        /// As whoever sees the clip sees it.
        private Speed speed() {
            long slowdown = NS_PER_S / clip.framesPerSecond() / clip.everyNs();
            return new Speed(Math.clamp(slowdown, 1, Speed.MOST_SLOWDOWN));
        }

        /// Of a world that stands at [#dueNanos].
        private void take(Studio studio) {
            studio.frame(dueNanos, NS_PER_S / clip.framesPerSecond());
            frames.add(studio.draw(clip.view().scale(), places));
            dueNanos += clip.everyNs();
        }

        private boolean isOver() {
            return frames.size() == clip.frames();
        }

        private MovingPicture developed() {
            return new MovingPicture(frames, clip.framesPerSecond(), clip.holdMs());
        }
    }

    /// Into files of a directory.
    record Files(Path directory) implements Camera {
        @Override
        public void take(Picture picture, Studio studio) throws IOException {
            studio.draw(picture.view().scale()).write(directory.resolve(picture.name() + ".png"));
        }

        @Override
        public void take(Clip clip, MovingPicture film) throws IOException {
            film.write(directory.resolve(clip.name() + ".png"));
        }
    }

    @Override
    public ScenarioOutcome play(ScenarioRun run, Path directory) throws IOException {
        Studio.open();
        try {
            return play(run, new Files(directory));
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
        View first = Stream.concat(scenario.pictures().stream().map(Picture::view),
                scenario.clips().stream().map(Clip::view)).findFirst().orElse(View.USUAL);
        try (PlayedSession session = new PlayedSession(run.simulation())) {
            Studio studio = new Studio(session, PATHS, first);
            Optional<Film> film = Optional.empty();
            Stop stop = run.run(Until.time(frameNs), FRAME_STEPS);
            while (!(stop instanceof Stop.Ended)) {
                long nanos = run.simulation().nanos();
                if (film.isEmpty()) {
                    studio.frame(nanos);
                }
                switch (stop) {
                    case Stop.AtPicture(Picture picture) -> {
                        studio.use(picture.view());
                        studio.settle();
                        camera.take(picture, studio);
                    }
                    case Stop.AtClip(Clip clip) -> {
                        if (film.isPresent()) {
                            throw new ScenarioException(
                                    "clip %s: expected it to begin after the one before, found %s still going on"
                                            .formatted(clip.name(), film.get().clip.name()));
                        }
                        studio.use(clip.view());
                        studio.settle();
                        film = Optional.of(new Film(clip, studio.places(clip.panels()), nanos));
                        session.playAt(film.get().speed());
                    }
                    case Stop.AtBreakpoint _,Stop.Ended _,Stop.Paused _ -> {
                        // the next frame
                    }
                }
                if (film.isPresent() && nanos >= film.get().dueNanos) {
                    film.get().take(studio);
                    if (film.get().isOver()) {
                        camera.take(film.get().clip, film.get().developed());
                        film = Optional.empty();
                        session.stand();
                    }
                }
                stop = run.run(Until.time(film.map(it -> it.dueNanos).orElse(nanos + frameNs)), FRAME_STEPS);
            }
            return run.outcome();
        }
    }
}
