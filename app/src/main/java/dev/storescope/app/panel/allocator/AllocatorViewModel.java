package dev.storescope.app.panel.allocator;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class AllocatorViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
