package dev.storescope.app.session;

import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.session.simulated.PlayedWorld;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.trace.Recorder;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// A simulated run that somebody else drives, as a session that can be looked at: for pictures. Every command fails, and
/// changes nothing of the run.
///
/// Threads: whoever drives the run, while it stands still, and the JavaFX thread meanwhile.
public final class PlayedSession implements StoreSession {
    private static final long THE_ONE_RUN = 1;

    private final Simulation simulation;
    private final ProbeReader events;
    private final Recorder recorder = new Recorder(1, Recorder.DEFAULT_SPANS);
    private final SessionEvents told = new SessionEvents();
    private final Inspection inspection = new Inspection();
    private final FaultSwitch faults = new PlayedFaults();
    private final PlayedWorld played;
    private Optional<MessageStore> shown = Optional.empty();
    private long generation;

    /// @param simulation at its beginning
    public PlayedSession(Simulation simulation) {
        this.simulation = simulation;
        events = simulation.events().newReader();
        played = new PlayedWorld(simulation);
    }

    @Override
    public SessionReading read() {
        MessageStoreConfig config = simulation.config();
        SessionState state = WorldState.of(simulation.phase(), config, simulation.lastCrash(), simulation.failure());
        Optional<StoreSnapshot> snapshot = running().map(MessageStore::snapshot);
        if (snapshot.isPresent() && !isShown(running().orElseThrow())) {
            shown = running();
            generation++;
        }
        LoadSpec spec = simulation.spec().loads().stream().findFirst().orElseGet(() -> LoadSpec.builder().build());
        return new SessionReading(snapshot.isPresent() ? generation : 0, state, snapshot, spec,
                driver().map(LoadDriver::snapshot));
    }

    /// Another one of equal content is another one.
    private boolean isShown(MessageStore store) {
        return shown.filter(before -> before == store).isPresent();
    }

    private Optional<MessageStore> running() {
        return switch (simulation.phase()) {
            case RUNNING -> simulation.store();
            case OPENING, CLOSING, CLOSED, CRASHED, FAILED -> Optional.empty();
        };
    }

    private Optional<LoadDriver> driver() {
        return simulation.loadDrivers().stream().findFirst();
    }

    /// See [PlayedWorld#playAt].
    public void playAt(Speed shownSpeed) {
        played.playAt(shownSpeed);
    }

    /// See [PlayedWorld#stand].
    public void stand() {
        played.stand();
    }

    @Override
    public Optional<SimulatedWorld> simulated() {
        return Optional.of(played);
    }

    @Override
    public TraceReading readTrace() {
        events.drainTo(recorder);
        return new TraceReading(THE_ONE_RUN, recorder.recording(), recorder::copy, Optional.of(played.travel()));
    }

    @Override
    public Optional<Histogram> takeInterval(PutStage stage) {
        return running().map(store -> store.stats().takeInterval(stage));
    }

    @Override
    public Optional<Histogram> takeLatency() {
        return driver().map(LoadDriver::takeIntervalLatency);
    }

    @Override
    public List<SessionEvent> eventsAfter(long number) {
        return told.after(number);
    }

    @Override
    public CompletableFuture<Optional<MessageExt>> message(long commitLogOffset) {
        return answer(() -> running().flatMap(store -> store.lookMessageByOffset(commitLogOffset)));
    }

    @Override
    public CompletableFuture<List<RecordHead>> records(long fromOffset, long toOffset, int limit) {
        return answer(() -> running().map(store -> new RecordReader(store).records(fromOffset, toOffset, limit))
                .orElse(List.of()));
    }

    private static <T> CompletableFuture<T> answer(Supplier<T> answer) {
        try {
            return CompletableFuture.completedFuture(answer.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public ConsumeSnapshot consumer() {
        return running().flatMap(_ -> simulation.consumer())
                .map(ConsumeDriver::snapshot)
                .orElseGet(() -> ConsumeSnapshot.of(ConsumeSpec.NOTHING));
    }

    @Override
    public Worlds.World world() {
        return Worlds.World.SIMULATED;
    }

    @Override
    public FaultSwitch faults() {
        return faults;
    }

    @Override
    public Inspection inspection() {
        return inspection;
    }

    @Override
    public void note(String textKey, Object... values) {
        told.done(textKey, values);
    }

    @Override
    public void noteFailure(String textKey, String detail) {
        told.tell(SessionEvent.Severity.ERROR, textKey, detail);
    }

    /// The run goes on to belong to whoever drives it.
    @Override
    public void close() {
        inspection.close();
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("this run is played from a scenario: it can only be looked at"));
    }

    @Override
    public CompletableFuture<Void> open(Path directory) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> openBrokersStore(Path directory) {
        return refused();
    }

    @Override
    public CompletableFuture<List<String>> brokersParts(Path directory) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> create(Path directory, long segmentSizeBytes) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> openOrCreate(Path directory, long segmentSizeBytes) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> tryAgain() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> closeStore() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> restart(Map<StoreSetting, Object> changes) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> kill() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> startLoad() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> stopLoad() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> burst(int messages) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> changeLoad(UnaryOperator<LoadSpec> change) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> startConsumer() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> stopConsumer() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> resetConsumer(ConsumeDriver.Reset to) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change) {
        return refused();
    }

    @Override
    public CompletableFuture<KeyLookup> find(String topic, String key, int limit) {
        return refused();
    }

    @Override
    public CompletableFuture<Rebuilt> rebuild() {
        return refused();
    }

    /// Those that the run has turned on.
    private final class PlayedFaults implements FaultSwitch {
        @Override
        public boolean canDo(Fault fault) {
            return false;
        }

        @Override
        public void turnOn(Fault fault) {
            NONE.turnOn(fault);
        }

        @Override
        public void turnOff(Fault fault) {
            NONE.turnOff(fault);
        }

        @Override
        public List<Fault> all() {
            return simulation.faults();
        }

        @Override
        public long usedBytes() {
            return NONE.usedBytes();
        }
    }
}
