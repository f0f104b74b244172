package dev.storescope.app.session;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Phase;
import java.nio.file.Path;
import java.util.Optional;

/// Where a session on a simulated world stands.
final class WorldState {
    private WorldState() {
    }

    /// @param lastCrash of the store, when nothing has opened it since
    /// @param failure why it could not be opened
    static SessionState of(Phase phase, MessageStoreConfig config, Optional<Crash> lastCrash, String failure) {
        Path directory = config.storePathRootDir();
        Optional<SessionState> dead = lastCrash.map(crash -> new SessionState.Restarting(directory,
                new RestartReason.Crashed(crash.kind()), LogCheck.NOT_BEGUN));
        return switch (phase) {
            case OPENING -> dead.orElseGet(() -> new SessionState.Opening(directory, LogCheck.NOT_BEGUN));
            case RUNNING -> new SessionState.Running(config);
            case CLOSING -> new SessionState.Closing(directory);
            case CRASHED -> dead.orElseGet(SessionState.NoStore::new);
            case CLOSED -> new SessionState.NoStore();
            case FAILED -> new SessionState.Failed(directory, Problem.of(failure));
        };
    }
}
