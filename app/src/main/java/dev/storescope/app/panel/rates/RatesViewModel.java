package dev.storescope.app.panel.rates;

import dev.storescope.app.pulse.Frame;

/// What the panel shows.
public final class RatesViewModel {

    void update(Frame frame) {
        // filled in with the panel
    }
}
