package dev.storescope.engine.env;

import java.io.IOException;

/// Work with files that was begun beside whoever needs it done later (see [StoreEnvironment#beginBeside]).
public interface BesideWork {
    BesideWork DONE = () -> {
        // nothing is under way
    };

    /// Waits until it has ended; may be called more than once. Throws what the work threw.
    void await() throws IOException;

    /// What is to be done.
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }
}
