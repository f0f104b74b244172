package dev.storescope.app.panel.commitlog;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class CommitLogViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
