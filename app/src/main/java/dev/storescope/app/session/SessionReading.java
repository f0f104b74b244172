package dev.storescope.app.session;

import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import java.util.Optional;

/// What the window reads of the session, once a frame.
///
/// @param generation changes whenever another store, or the same one anew, is open: what was read before it cannot be
///     compared to what is read after
/// @param snapshot of the open store; nothing while none is open
/// @param loadSpec what the load sends, or would send if it were started
/// @param load the load that runs or ran last on the open store; nothing before the first
public record SessionReading(long generation, SessionState state, Optional<StoreSnapshot> snapshot,
        LoadSpec loadSpec, Optional<LoadSnapshot> load) {
}
