package dev.storescope.app.panel.load;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class LoadViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
