package dev.storescope.app.panel.durability;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class DurabilityViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
