package dev.storescope.app.archfixture.pulse;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// Breaks nothing: this is the place for both.
public final class Beats extends AnimationTimer {

    @Override
    public void handle(long nowNs) {
        Platform.runLater(this::stop);
    }
}
