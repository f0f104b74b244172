package dev.storescope.app.session;

import dev.storescope.app.session.scenario.Scenario;
import java.util.concurrent.CompletableFuture;

/// The two worlds that a window can show, one at a time: [StoreSession#world()] says which. The other one stays as it is meanwhile.
///
/// Commands return at once; the future is done when the world is shown, exceptionally when it cannot be.
///
/// Threads: any.
public interface Worlds {
    /// Shows the store of this machine, as it was left; a simulated world stands still.
    CompletableFuture<Void> showLive();

    /// Shows the simulated world, as it was left, or a first one. The store of this machine stays open; nothing is sent to
    /// it any more.
    CompletableFuture<Void> showSimulated();

    /// Shows a simulated world at the beginning of a scenario.
    CompletableFuture<Void> showSimulated(Scenario scenario);

    /// The real one, and one of our own.
    enum World {
        LIVE, SIMULATED
    }
}
