package dev.storescope.app.cli;

import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.engine.api.StoreException;
import java.io.IOException;
import java.nio.file.Path;

/// Plays a scenario to its end and draws the moments that it names.
@FunctionalInterface
public interface ScenarioPictures {
    /// Where nothing can be drawn.
    ScenarioPictures NONE = (run, directory) -> {
        throw new StoreException("option --screenshots: this program draws no pictures");
    };

    /// @param run at its beginning; each event of it is kept
    /// @param directory takes a PNG for each picture, called after it
    ScenarioOutcome play(ScenarioRun run, Path directory) throws IOException;
}
