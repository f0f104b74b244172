package dev.storescope.app.session.simulated;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.world.EventLog;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Makes [WorldView]s, and remembers what tells one from the next.
///
/// Threads: the driver's.
final class WorldLens {
    private LoadSpec loadSpec = LoadSpec.builder().build();
    private ConsumeSpec consumeSpec = ConsumeSpec.NOTHING;
    private Optional<MessageStore> seenStore = Optional.empty();
    private long generation;
    private long recording;
    private long seenExchanges;
    private long seenLoadOf;
    private int seenBranch;
    private Optional<Still> seenStill = Optional.empty();

    /// Another world is looked at.
    void begin(WorldRun world) {
        loadSpec = world.base().spec().loads().stream().findFirst().orElse(loadSpec);
        consumeSpec = consumeSpec.withTopic("");
        recording++;
        seenBranch = world.branch();
        seenExchanges = world.exchanges();
        seenStore = Optional.empty();
    }

    /// What a consumer would pull.
    void setConsumeSpec(ConsumeSpec spec) {
        consumeSpec = spec;
    }

    LoadSpec loadSpec() {
        return loadSpec;
    }

    /// What the load would send.
    void setLoadSpec(LoadSpec spec) {
        loadSpec = spec;
    }

    WorldView look(WorldRun world, Supplier<WorldReading> reading) {
        Simulation now = world.simulation();
        if (world.branch() != seenBranch) {
            seenBranch = world.branch();
            recording++;
        }
        Optional<MessageStore> store = now.phase() == Phase.RUNNING ? now.store() : Optional.empty();
        Optional<StoreSnapshot> snapshot = store.map(MessageStore::snapshot);
        if (seenStill.isPresent()) {
            seenStill = Optional.empty();
            seenStore = Optional.empty();
        }
        if (snapshot.isPresent() && isOther(store.get(), world.exchanges())) {
            seenStore = store;
            seenExchanges = world.exchanges();
            generation++;
        }
        Optional<LoadDriver> driver = now.loadDrivers().isEmpty()
                ? Optional.empty()
                : Optional.of(now.loadDrivers().getLast());
        if (world.exchanges() != seenLoadOf) {
            seenLoadOf = world.exchanges();
            driver.ifPresent(it -> loadSpec = it.snapshot().spec());
        }
        return new WorldView(reading.get(), snapshot.isPresent() ? generation : 0, now.config(), now.failure(),
                snapshot, store, loadSpec, driver, driver.map(LoadDriver::snapshot), lookAtConsumer(now, store),
                now.faults(),
                usedBytes(now), new WorldView.Told(recording, now.events(), now.events().size()),
                now.lastSeen(), now.cutPages(),
                now::busyUntil);
    }

    /// What a still shows. Nothing is measured in it, so that nothing of another moment is taken for its own.
    WorldView look(Still still, WorldRun world, Supplier<WorldReading> reading) {
        if (seenStill.filter(before -> before == still || before.steps() == still.stepsBefore()).isEmpty()) {
            generation++;
        }
        seenStill = Optional.of(still);
        EventLog events = world.latestEvents();
        return new WorldView(reading.get(), still.snapshot().isPresent() ? generation : 0, still.config(),
                still.failure(), still.snapshot(), Optional.empty(),
                still.load().map(LoadSnapshot::spec).orElse(loadSpec), Optional.empty(), still.load(),
                still.consumer().orElseGet(() -> ConsumeSnapshot.of(consumeSpec)), still.faults(),
                still.usedBytes(), new WorldView.Told(recording, events, still.events()),
                still.lastSeen(), still.cutPages(), name -> busyUntil(still, name));
    }

    private static OptionalLong busyUntil(Still still, String threadName) {
        Long until = still.busyUntil().get(threadName);
        return until == null ? OptionalLong.empty() : OptionalLong.of(until);
    }

    private ConsumeSnapshot lookAtConsumer(Simulation now, Optional<MessageStore> store) {
        Optional<ConsumeSnapshot> consumer = store.flatMap(_ -> now.consumer()).map(ConsumeDriver::snapshot);
        consumer.ifPresent(seen -> consumeSpec = seen.spec());
        return consumer.orElseGet(() -> ConsumeSnapshot.of(consumeSpec));
    }

    /// Another one of equal content is another one.
    private boolean isOther(MessageStore store, long exchanges) {
        return exchanges != seenExchanges || seenStore.filter(before -> before == store).isEmpty();
    }

    private static long usedBytes(Simulation world) {
        return world.world().disk().usedBytes();
    }
}
