package dev.storescope.engine.dispatch;

import java.io.IOException;

/// What has to be done before queues or index change.
@FunctionalInterface
public interface BeforeChange {
    BeforeChange NOTHING = () -> {
    };

    void run() throws IOException;
}
