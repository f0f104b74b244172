package dev.storescope.bench.drive;

import java.io.IOException;

/// Whose store is measured.
public enum Engine {
    /// This project's, without probe.
    OURS("storescope") {
        @Override
        StoreUnderTest make(StoreSetup setup) throws IOException {
            return OurStore.withoutProbe(setup);
        }
    },
    /// This project's, telling what happens as it does for the window: half of the time, on and off in turn.
    OURS_PROBED("storescope, probes on") {
        @Override
        StoreUnderTest make(StoreSetup setup) throws IOException {
            return OurStore.withSwitchedProbe(setup);
        }
    },
    ROCKETMQ("rocketmq-store 5.5.1") {
        @Override
        StoreUnderTest make(StoreSetup setup) {
            return new RocketMqStore(setup);
        }
    };

    private final String label;

    Engine(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// A store that is not loaded yet.
    abstract StoreUnderTest make(StoreSetup setup) throws IOException;
}
