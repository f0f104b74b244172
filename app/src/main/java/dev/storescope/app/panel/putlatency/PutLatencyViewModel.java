package dev.storescope.app.panel.putlatency;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class PutLatencyViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
