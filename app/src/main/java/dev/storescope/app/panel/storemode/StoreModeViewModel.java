package dev.storescope.app.panel.storemode;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class StoreModeViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
