package dev.storescope.app.panel;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.pulse.RateMeters;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocatorSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.api.StoreSnapshot.Pacing;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import dev.storescope.engine.api.StoreSnapshot.PutLockSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Frames for tests, of a store that is as each test says. What is not said is as in a store that was just made.
public final class Readings {
    private static final Path DIRECTORY = Path.of("/store");
    /// Milliseconds since 1970.
    public static final long NOW_MILLIS = 1_795_000_000_000L;
    private static final int SAMPLING_INTERVAL = 64;

    private final Map<StoreSetting, Object> settings = new EnumMap<>(StoreSetting.class);
    private final Map<PutStage, Histogram> stages = new EnumMap<>(PutStage.class);
    private long nowNanos;
    private final RateMeters meters = new RateMeters();
    private long generation = 1;
    private LogPosition flushed = at(0, 0, 0);
    private LogPosition committed = flushed;
    private LogPosition wrote = flushed;
    private long messages;
    private long messageBytes;
    private long forces;
    private long commits;
    private List<Force> lastForces = List.of();
    private Optional<Histogram> latency = Optional.empty();
    private Optional<LoadSnapshot> load = Optional.empty();
    private LoadSpec loadSpec = LoadSpec.builder().build();
    private Optional<SessionState> state = Optional.empty();
    private List<FileSnapshot> files = List.of();
    private long recoveredTo;
    private DispatchSnapshot dispatch = DispatchSnapshot.NOTHING;
    private RetentionSnapshot retention = RetentionSnapshot.NOTHING;

    public Readings with(StoreSetting setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    /// Other settings, as after a restart.
    public Readings restartedWith(StoreSetting setting, Object value) {
        generation++;
        messages = 0;
        messageBytes = 0;
        forces = 0;
        commits = 0;
        return with(setting, value);
    }

    public Readings positions(LogPosition flushedTo, LogPosition committedTo, LogPosition wroteTo) {
        flushed = flushedTo;
        committed = committedTo;
        wrote = wroteTo;
        return this;
    }

    public Readings counted(long messagesSoFar, long bytesSoFar, long forcesSoFar, long commitsSoFar) {
        messages = messagesSoFar;
        messageBytes = bytesSoFar;
        forces = forcesSoFar;
        commits = commitsSoFar;
        return this;
    }

    public Readings forces(long... durationsNs) {
        lastForces = java.util.Arrays.stream(durationsNs)
                .mapToObj(durationNs -> new Force(0, durationNs, 0, 0, 1))
                .toList();
        return this;
    }

    public Readings load(LoadSnapshot snapshot) {
        load = Optional.of(snapshot);
        return this;
    }

    public Readings loadSpec(LoadSpec spec) {
        loadSpec = spec;
        return this;
    }

    /// @param recovered where the log ended when the store was opened
    public Readings files(long recovered, FileSnapshot... now) {
        recoveredTo = recovered;
        files = List.of(now);
        return this;
    }

    public Readings retention(RetentionSnapshot snapshot) {
        retention = snapshot;
        return this;
    }

    public Readings dispatch(DispatchSnapshot snapshot) {
        dispatch = snapshot;
        return this;
    }

    public Readings latency(Histogram interval) {
        latency = Optional.of(interval);
        return this;
    }

    public Readings stage(PutStage stage, Histogram interval) {
        stages.put(stage, interval);
        return this;
    }

    /// A state in which no store is open.
    public Readings without(SessionState noStore) {
        state = Optional.of(noStore);
        return this;
    }

    public Readings reopened() {
        state = Optional.empty();
        generation++;
        return this;
    }

    public Readings after(double seconds) {
        nowNanos += (long) (seconds * 1e9);
        return this;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public MessageStoreConfig config() {
        MessageStoreConfig.Builder builder = MessageStoreConfig.builder(DIRECTORY);
        settings.forEach(builder::set);
        return builder.build();
    }

    public SessionReading reading() {
        return state.isPresent()
                ? new SessionReading(0, state.get(), Optional.empty(), loadSpec, Optional.empty())
                : new SessionReading(generation, new SessionState.Running(config()), Optional.of(snapshot()), loadSpec,
                        load);
    }

    /// A frame without times that were measured.
    public Frame frame() {
        return frame(Frame.Beat.TEXT, Frame.Intervals.NONE);
    }

    /// A frame in which texts stay as they are.
    public Frame frameBetween() {
        return frame(Frame.Beat.BETWEEN, Frame.Intervals.NONE);
    }

    private Frame frame(Frame.Beat beat, Frame.Intervals intervals) {
        SessionReading reading = reading();
        return new Frame(nowNanos, beat, reading, TraceReading.NONE, meters.measure(nowNanos, reading, intervals),
                intervals,
                FramePace.UNKNOWN);
    }

    /// A frame with the times measured since the last such one, which are those that were given since.
    public Frame frameWithIntervals() {
        var intervals = new Frame.Intervals(latency, Map.copyOf(stages));
        latency = Optional.empty();
        stages.clear();
        return frame(Frame.Beat.TEXT, intervals);
    }

    public StoreSnapshot snapshot() {
        MessageStoreConfig config = config();
        var flush = new FlushSnapshot(0, 0, 0, 0, 0, lastForces, List.of(), Pacing.INACTIVE, Pacing.INACTIVE);
        var counters = new Counters(Map.of(), messages, messageBytes, forces, 0, 0, 0, commits, 0, 0, 0,
                SAMPLING_INTERVAL, 0);
        return new StoreSnapshot(nowNanos, NOW_MILLIS, config, StoreState.RUNNING, "",
                new LogPositions(0, flushed, flushed, committed, wrote), files,
                new AllocatorSnapshot(List.of(), 0, 0, 0, false, "", 0, 0, 0, 0),
                new PoolSnapshot(config.poolState(), 0, 0, 0, false, "", List.of()), flush,
                new PutLockSnapshot(PutMessageLockKind.REENTRANT, 0, 0), counters, dispatch,
                retention, Map.of(), List.of(),
                RecoveryReport.ofLog(RecoveryReport.LastStop.NEW_STORE, 0, recoveredTo),
                ProofSnapshot.NOTHING_LEFT);
    }

    /// @param acknowledgedAtAppend how many of the messages up to here did not wait for a force
    public static LogPosition at(long offset, long messages, long acknowledgedAtAppend) {
        return new LogPosition(offset, messages, acknowledgedAtAppend, 0);
    }

    /// @param valuesNs one each
    public static Histogram histogram(long... valuesNs) {
        var histogram = new Histogram(3);
        for (long value : valuesNs) {
            histogram.recordValue(value);
        }
        return histogram;
    }
}
