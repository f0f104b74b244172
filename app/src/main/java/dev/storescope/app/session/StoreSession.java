package dev.storescope.app.session;

import dev.storescope.app.session.inspect.Inspection;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.WorldMoment;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// The store in use and what can be done with it.
///
/// Commands return at once and run one after another on the session thread; the future is done when the command is,
/// exceptionally when it failed. What happened is told as a [SessionEvent] too, so nobody must look at the future.
/// Readings never wait.
///
/// Threads: commands any; readings the JavaFX thread (one reader).
public interface StoreSession extends AutoCloseable {
    /// Messages of a burst that the user asks for by a key or a button.
    int BURST_MESSAGES = 10_000;

    /// What there is to see now.
    SessionReading read();

    /// What the store's threads have told up to now. To be asked once a frame, since events that nobody takes are lost.
    TraceReading readTrace();

    /// Times that sampled puts spent in a stage since the last call for that stage; nothing while no store is open.
    Optional<Histogram> takeInterval(PutStage stage);

    /// Latencies of the load's puts from their intended moment since the last call, in nanoseconds; nothing while no load
    /// runs.
    Optional<Histogram> takeLatency();

    /// What happened after the event of this number, oldest first; 0 for everything that is still kept.
    List<SessionEvent> eventsAfter(long number);

    /// Opens the store of a directory and closes the one that was open. A directory that is no store, is in use by
    /// another store, or has files of another size fails with a message and stays as it is, and so does the open store.
    CompletableFuture<Void> open(Path directory);

    /// Likewise, for a directory in which a broker keeps parts that this program does not keep up: only after the user has
    /// agreed that it is written to. [#open] refuses it until then.
    CompletableFuture<Void> openBrokersStore(Path directory);

    /// Names of such parts in a directory; empty when there are none.
    CompletableFuture<List<String>> brokersParts(Path directory);

    /// Makes a new store in an empty or missing directory, opens it, and closes the one that was open; when it cannot be
    /// made that one stays as it is.
    CompletableFuture<Void> create(Path directory, long segmentSizeBytes);

    /// Opens the store of a directory, or makes one when the directory is missing or empty.
    ///
    /// @param segmentSizeBytes of a store that is made
    CompletableFuture<Void> openOrCreate(Path directory, long segmentSizeBytes);

    /// Tries once more to open or make the store of [SessionState.Failed]; does nothing in another state.
    CompletableFuture<Void> tryAgain();

    CompletableFuture<Void> closeStore();

    /// Stops the store and starts it on the same files with changed settings. Running load goes on after it.
    CompletableFuture<Void> restart(Map<StoreSetting, Object> changes);

    /// Drops everything the store has in memory, as a killed process would, and opens it again on what is left.
    CompletableFuture<Void> kill();

    /// Starts the load of [SessionReading#loadSpec()]; does nothing while one runs.
    CompletableFuture<Void> startLoad();

    /// Sends nothing more; what is under way is finished.
    CompletableFuture<Void> stopLoad();

    /// Sends so many messages more, now; starts the load when none runs.
    CompletableFuture<Void> burst(int messages);

    /// Changes what the load sends; one that runs goes on with it. The limits are the session's own and are kept.
    CompletableFuture<Void> changeLoad(UnaryOperator<LoadSpec> change);

    /// What can be made to go wrong for the open store, and what is; to be asked for each time.
    default FaultSwitch faults() {
        return FaultSwitch.NONE;
    }

    /// The world of the store, when it is a simulated one; nothing in Live. To be asked for each time.
    default Optional<SimulatedWorld> simulated() {
        return Optional.empty();
    }

    /// What became of the messages of the store in use over its last crash; nothing when there was none.
    default CompletableFuture<Optional<LedgerReport>> ledger() {
        return simulated().filter(world -> world.read().lastCrash().isPresent())
                .map(world -> world.ledger().thenApply(reading -> Optional.of(LedgerReport.of(reading))))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /// The moment of that world that [#read()] reads; nothing in Live.
    default Optional<WorldMoment> moment() {
        return simulated().map(world -> WorldMoment.of(world.read(), world::busyUntil));
    }

    /// Which world the store is in.
    default Worlds.World world() {
        return Worlds.World.LIVE;
    }

    /// Both worlds, where one can go from one to the other.
    default Optional<Worlds> worlds() {
        return Optional.empty();
    }

    /// What there is to see of the consumer.
    ConsumeSnapshot consumer();

    /// Lets the consumer pull, from where it is; does nothing while it does.
    CompletableFuture<Void> startConsumer();

    CompletableFuture<Void> stopConsumer();

    /// Sets where the consumer goes on.
    CompletableFuture<Void> resetConsumer(ConsumeDriver.Reset to);

    /// Changes what the consumer pulls; one that runs goes on with it.
    CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change);

    /// The messages that have a key, by the index.
    ///
    /// @param limit how many at most
    CompletableFuture<KeyLookup> find(String topic, String key, int limit);

    /// Stops the store, deletes its queues and its index, and opens it again, which makes both from the log. Running load
    /// and the consumer go on after it.
    CompletableFuture<Rebuilt> rebuild();

    /// The message whose record begins at an offset.
    CompletableFuture<Optional<MessageExt>> message(long commitLogOffset);

    /// Records of which any byte lies in a range of the log, by offset; only those of the file in which it begins.
    ///
    /// @param limit how many at most
    CompletableFuture<List<RecordHead>> records(long fromOffset, long toOffset, int limit);

    /// A directory that is looked at beside the store in use; ends with the session.
    Inspection inspection();

    /// Tells of something that was done beside the session, in the same words and places as its own events.
    void note(String textKey, Object... values);

    /// Tells of something beside the session that failed.
    void noteFailure(String textKey, String detail);

    /// Closes the store and ends the session thread.
    @Override
    void close();
}
