package dev.storescope.app.panel;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.pulse.Rates;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.pulse.motion.Motion.Mode;
import dev.storescope.app.session.PlayedSession;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.disk.DiskModel;

/// A simulated run whose time a test lets pass as far as it wants, and what there is to see of it.
public final class SlowWorlds implements AutoCloseable {
    public static final int PRODUCERS = 6;
    private static final long SEED = 5;
    private static final long SLOWDOWN = 1_000;

    private final Simulation simulation;
    private final PlayedSession session;

    private SlowWorlds(Simulation simulation) {
        this.simulation = simulation;
        session = new PlayedSession(simulation);
    }

    /// Some producers put into a store on a solid-state disk for as long as is wanted.
    public static SlowWorlds of(MessageStoreConfig config) {
        LoadSpec load = LoadSpec.builder().producers(PRODUCERS).build();
        return new SlowWorlds(Simulation
                .start(SimulationSpec.builder(config).seed(SEED).model(DiskModel.SATA_SSD).load(load).build()));
    }

    /// Lets time pass up to `nanos` since the beginning.
    public SlowWorlds runTo(long nanos) {
        simulation.run(Until.time(nanos));
        return this;
    }

    public long nanos() {
        return simulation.nanos();
    }

    public Simulation simulation() {
        return simulation;
    }

    public StoreSnapshot snapshot() {
        return session.read().snapshot().orElseThrow();
    }

    /// Up to now.
    public Recording recording() {
        return session.readTrace().recording();
    }

    /// A text frame of now.
    public Frame frame(Motion motion) {
        SessionReading reading = session.read();
        return new Frame(nanos(), Frame.Beat.TEXT, reading, session.readTrace(), Rates.UNKNOWN, Frame.Intervals.NONE,
                FramePace.UNKNOWN, motion);
    }

    /// At a speed at which one can follow, with nothing seen yet.
    public Motion gliding(long nanos) {
        return new Motion(Mode.GLIDES, nanos, SLOWDOWN, Long.MIN_VALUE, 0, 1, simulation::busyUntil);
    }

    /// Where the world stands.
    public Motion exact(long nanos) {
        return new Motion(Mode.EXACT, nanos, 0, nanos, 0, 1, simulation::busyUntil);
    }

    @Override
    public void close() {
        session.close();
        simulation.close();
    }
}
