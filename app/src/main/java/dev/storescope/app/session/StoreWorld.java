package dev.storescope.app.session;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.probe.ProbeReader;
import java.nio.file.Path;

/// Where stores live: the machine itself, or a stand-in for tests and pictures.
@FunctionalInterface
public interface StoreWorld {
    /// Makes a store with an environment of its own. It is neither loaded nor started.
    StoreInWorld make(MessageStoreConfig config);

    /// The clock of this world, for how long a command took.
    default long nanoTime() {
        return System.nanoTime();
    }

    /// What lies in a directory of this world.
    default StoreDirectory look(Path directory) {
        return StoreDirectory.look(directory);
    }

    /// Makes a directory that is free for a store, unless it is there.
    default void makeDirectory(StoreDirectory free) {
        free.make();
    }

    /// A store and what belongs to it.
    ///
    /// @param events what the store tells, for one reader
    /// @param faults what can be made to go wrong
    record StoreInWorld(MessageStore store, StoreEnvironment environment, ProbeReader events, FaultSwitch faults) {
        /// In a world in which nothing can be made to go wrong.
        public StoreInWorld(MessageStore store, StoreEnvironment environment, ProbeReader events) {
            this(store, environment, events, FaultSwitch.NONE);
        }
    }
}
