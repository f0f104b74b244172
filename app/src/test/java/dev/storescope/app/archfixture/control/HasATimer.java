package dev.storescope.app.archfixture.control;

import javafx.animation.AnimationTimer;

/// Has a heartbeat of its own.
public final class HasATimer {

    Object timer() {
        return new AnimationTimer() {
            @Override
            public void handle(long nowNs) {}
        };
    }
}
