package dev.storescope.engine.index;

import java.io.IOException;

/// What has to be done before the index changes.
@FunctionalInterface
public interface BeforeChange {
    BeforeChange NOTHING = () -> {
    };

    void run() throws IOException;
}
