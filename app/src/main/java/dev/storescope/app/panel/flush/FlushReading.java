package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.PoolUse;
import dev.storescope.app.panel.flush.FlushPicture.Disk;
import dev.storescope.app.panel.flush.FlushPicture.Mode;
import dev.storescope.app.panel.flush.FlushPicture.Producers;
import dev.storescope.app.panel.flush.FlushPicture.Requests;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.Rates;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.RunningFlag.Lasts;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.api.StoreSnapshot.Pacing;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One snapshot, read as stages on the way to the disk.
final class FlushReading {
    private static final long SOON_NS = 1_000_000_000L;
    private static final long TENTH_NS = 100_000_000L;

    /// Before the first force has ended.
    private static final long UNKNOWN_FORCE_NS = 1_000_000_000L;
    private static final String GROUP_COMMIT = "GroupCommitService";
    private static final String FLUSH_REAL_TIME = "FlushRealTimeService";

    private final Texts texts;
    private final StoreSnapshot snapshot;
    private final Optional<LoadSnapshot> load;
    private final Rates rates;
    private final Motion motion;

    FlushReading(Texts texts, Frame frame, StoreSnapshot snapshot) {
        this.texts = texts;
        this.snapshot = snapshot;
        this.load = frame.load();
        this.rates = frame.rates();
        this.motion = frame.motion();
    }

    FlushPicture picture() {
        FlushSnapshot flush = snapshot.flush();
        Mode mode = mode();
        // A file without a buffer is written as if there were no pool.
        Mode acknowledged = PoolUse.of(snapshot).isPassedOver() ? Mode.ASYNC : mode;
        return new FlushPicture(mode, texts.get("flush.hint." + acknowledged), producers(mode),
                requests(flush.requestsWrite(), "flush.requestsWrite.caption"),
                requests(flush.requestsRead(), motion.showsSingle()
                        ? "flush.requestsRead.pays"
                        : "flush.requestsRead.caption"),
                writeBuffer(flush.commit(), snapshot.log().uncommittedBytes()),
                pacing(flush.realTime(), snapshot.log().committed().offset() - snapshot.log().flushed().offset()),
                disk(mode));
    }

    private Mode mode() {
        if (snapshot.config().flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return Mode.SYNC;
        }
        return snapshot.config().transientStorePoolActs() ? Mode.POOL : Mode.ASYNC;
    }

    // --- who puts ---

    private Producers producers(Mode mode) {
        int count = activeProducers();
        if (count < 0) {
            return new Producers(0, 0, "", texts.get("flush.producers.none"), "");
        }
        int waiting = Math.min(count, snapshot.flush().requestsWrite() + snapshot.flush().requestsRead());
        String waitingText = mode == Mode.SYNC
                ? texts.get("flush.producers.waiting", Formats.count(waiting))
                : texts.get("flush.producers.nobodyWaits");
        String runningText = rates.lockWaitNs().isPresent()
                ? texts.get("flush.producers.runningLock", Formats.count(count - waiting),
                        Formats.duration(rates.lockWaitNs().getAsLong()))
                : texts.get("flush.producers.running", Formats.count(count - waiting));
        return new Producers(count, waiting, Formats.count(count), waitingText, runningText);
    }

    /// -1 while no load runs.
    private int activeProducers() {
        return load.filter(now -> now.state() == LoadState.RUNNING || now.state() == LoadState.STOPPING)
                .map(LoadSnapshot::activeProducers)
                .orElse(-1);
    }

    /// Producers and requests one by one; nothing when they cannot be told apart.
    Optional<TokenPicture> tokens(Recording recording) {
        if (!motion.showsSingle() || mode() != Mode.SYNC) {
            return Optional.empty();
        }
        long usualNs = (long) median(snapshot.flush().forces()).orElse(UNKNOWN_FORCE_NS);
        return new TokenReading(recording, motion, usualNs).picture(snapshot.flush(), activeProducers());
    }

    private Requests requests(int count, String captionKey) {
        return new Requests(count, Formats.count(count), texts.get(captionKey));
    }

    // --- paced stages ---

    /// While the pool acts and the file has no buffer of it, nothing passes here: that is said in place of the pages.
    private FlushPicture.Pacing writeBuffer(Pacing pacing, long bytesBehind) {
        FlushPicture.Pacing shown = pacing(pacing, bytesBehind);
        PoolUse use = PoolUse.of(snapshot);
        return use.isPassedOver() && bytesBehind == 0
                ? new FlushPicture.Pacing(shown.countText(), shown.part(), texts.get("flush.pool." + use), shown.why())
                : shown;
    }

    private FlushPicture.Pacing pacing(Pacing pacing, long bytesBehind) {
        if (!pacing.active()) {
            return new FlushPicture.Pacing("", Double.NaN, "", "");
        }
        double part = pacing.leastPages() <= 0
                ? Math.min(1, bytesBehind)
                : (double) pacing.pagesBehind() / pacing.leastPages();
        String pages = texts.get("flush.pages", Formats.count(pacing.pagesBehind()),
                Formats.count(pacing.leastPages()));
        return new FlushPicture.Pacing(Formats.bytes(bytesBehind), part, pages, why(pacing, bytesBehind));
    }

    /// When the service looks next, and what it will find.
    private String why(Pacing pacing, long bytesBehind) {
        long wakeNs = Math.max(0, pacing.nextWakeNanos() - snapshot.takenAtNanos());
        long thoroughNs = pacing.nextThoroughNanos() - snapshot.takenAtNanos();
        String wake = countdown(wakeNs);
        if (bytesBehind == 0) {
            return texts.get("flush.why.nothing", wake);
        }
        if (pacing.pagesBehind() >= pacing.leastPages()) {
            return texts.get("flush.why.enough", wake);
        }
        return thoroughNs <= wakeNs
                ? texts.get("flush.why.thorough", wake)
                : texts.get("flush.why.notEnough", wake, Formats.count(pacing.leastPages()),
                        Formats.count(pacing.pagesBehind()), countdown(thoroughNs));
    }

    /// In steps that can be read while it counts down.
    private String countdown(long ns) {
        if (motion.showsSingle()) {
            return Formats.duration(ns);
        }
        return ns < SOON_NS
                ? Formats.count(Math.ceilDiv(ns, TENTH_NS) * TENTH_NS / 1_000_000) + "\u00a0ms"
                : Formats.duration(Math.ceilDiv(ns, TENTH_NS) * TENTH_NS);
    }

    // --- the disk ---

    private Disk disk(Mode mode) {
        FlushSnapshot flush = snapshot.flush();
        List<Force> forces = flush.forces();
        boolean inFlight = flush.forceStartedNanos() != 0;
        Disk.State state = mayNotFlush(snapshot)
                ? Disk.State.FAILED
                : inFlight ? Disk.State.IN_FLIGHT : Disk.State.IDLE;
        boolean sync = mode == Mode.SYNC;
        List<Double> bars = sync
                ? flush.lastBatches().stream().map(Integer::doubleValue).toList()
                : forces.stream().map(force -> (double) (force.toOffset() - force.fromOffset())).toList();
        return new Disk(state, texts.get("flush.disk." + state), forcePart(), time(),
                bars.isEmpty()
                        ? ""
                        : texts.get(sync ? "flush.bars.batches" : "flush.bars.bytes",
                                Formats.count(bars.size())),
                bars, state == Disk.State.FAILED ? snapshot.notWriteable() : summary(sync, forces));
    }

    /// A store that refuses puts for want of room goes on flushing what it has.
    private static boolean mayNotFlush(StoreSnapshot snapshot) {
        return snapshot.runningFlags().keySet().stream().anyMatch(flag -> flag.lasts() == Lasts.UNTIL_REOPENED);
    }

    /// How much of its time the force in flight has taken: of the time that it will take where that is known, else of its
    /// usual time. NaN when none is in flight or neither is known.
    double forcePart() {
        long started = snapshot.flush().forceStartedNanos();
        if (started == 0) {
            return Double.NaN;
        }
        OptionalLong due = dueNs();
        OptionalDouble usual = median(snapshot.flush().forces());
        if (due.isPresent()) {
            return (double) elapsedNs(snapshot) / due.getAsLong();
        }
        return usual.isPresent() ? elapsedNs(snapshot) / usual.getAsDouble() : Double.NaN;
    }

    /// How long the force in flight will have taken, in a world that knows.
    private OptionalLong dueNs() {
        String service = mode() == Mode.SYNC ? GROUP_COMMIT : FLUSH_REAL_TIME;
        long started = snapshot.flush().forceStartedNanos();
        return motion.showsSingle()
                ? motion.durationNs(service, started)
                : OptionalLong.empty();
    }

    private static long elapsedNs(StoreSnapshot snapshot) {
        return Math.max(0, snapshot.takenAtNanos() - snapshot.flush().forceStartedNanos());
    }

    private String time() {
        OptionalDouble usual = median(snapshot.flush().forces());
        String usualText = usual.isPresent() ? Formats.duration((long) usual.getAsDouble()) : "";
        if (snapshot.flush().forceStartedNanos() == 0) {
            return usual.isPresent() ? texts.get("flush.time.usual", usualText) : texts.get("flush.time.none");
        }
        String elapsed = Formats.duration(elapsedNs(snapshot));
        OptionalLong due = dueNs();
        if (due.isPresent()) {
            return texts.get("flush.time.known", elapsed, Formats.duration(due.getAsLong()));
        }
        if (usual.isEmpty()) {
            return elapsed;
        }
        return texts.get(elapsedNs(snapshot) > usual.getAsDouble() ? "flush.time.longer" : "flush.time.of", elapsed,
                usualText);
    }

    private String summary(boolean sync, List<Force> forces) {
        if (sync) {
            List<Integer> batches = snapshot.flush().lastBatches();
            if (batches.isEmpty()) {
                return "";
            }
            int riders = batches.getLast() - 1;
            return riders == 0
                    ? texts.get("flush.summary.alone")
                    : texts.get("flush.summary.riders", Formats.count(riders));
        }
        if (forces.isEmpty()) {
            return "";
        }
        Force last = forces.getLast();
        return texts.get("flush.summary.last", Formats.bytes(last.toOffset() - last.fromOffset()),
                Formats.duration(last.durationNs()));
    }

    /// Forces a second and the mean batch, while there is anything to say.
    String pace() {
        OptionalDouble forces = rates.forces();
        if (forces.isEmpty() || forces.getAsDouble() == 0) {
            return "";
        }
        String perSecond = texts.get("flush.pace.forces", Formats.perSecond(forces.getAsDouble()));
        OptionalDouble batch = rates.meanBatch();
        return mode() == Mode.SYNC && batch.isPresent()
                ? perSecond + texts.get("flush.pace.batch", oneDecimal(batch.getAsDouble()))
                : perSecond;
    }

    private static String oneDecimal(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Formats.count(tenths / 10) : Formats.count(tenths / 10) + "." + tenths % 10;
    }

    private static OptionalDouble median(List<Force> forces) {
        if (forces.isEmpty()) {
            return OptionalDouble.empty();
        }
        long[] durations = forces.stream().mapToLong(Force::durationNs).sorted().toArray();
        return OptionalDouble.of(durations[durations.length / 2]);
    }
}
