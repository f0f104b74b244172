package dev.storescope.app.panel.flush;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class FlushViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
