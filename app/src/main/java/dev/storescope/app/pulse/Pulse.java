package dev.storescope.app.pulse;

import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.pulse.motion.MotionClock;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.app.theme.MotionWish;
import dev.storescope.engine.api.PutStage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.HdrHistogram.Histogram;

/// Reads the session once a frame and tells everyone who is shown. Decides which frames are those in which all of them
/// write their numbers ([Frame.Beat]).
///
/// Threads: the JavaFX thread.
public final class Pulse {
    private static final System.Logger LOG = System.getLogger(Pulse.class.getName());

    private static final long INTERVALS_EVERY_NS = 240_000_000L;
    private static final long LOOK_AT_MACHINE_EVERY_NS = 500_000_000L;

    private final StoreSession session;
    private final Measuring measuring;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (rate.takeDue(now)) {
                frame(now);
            }
        }
    };
    private final List<Registration> registrations = new ArrayList<>();
    private final FrameRate rate = new FrameRate();
    private final FrameTimes times = new FrameTimes();
    private final CpuMeter cpu = new CpuMeter();
    private final LoadFrames loadFrames = new LoadFrames();
    private final TextRhythm rhythm = new TextRhythm();
    private final RateMeters meters = new RateMeters();
    private final MotionClock motionClock = new MotionClock();

    private long lastFrameNanos;
    private long lastIntervalsNanos;
    private long lastLookNanos;
    private int framesSinceLook;
    private long workBeganNanos;
    private FramePace pace = FramePace.UNKNOWN;
    private Rates rates = Rates.UNKNOWN;
    private Optional<Frame> lastFrame = Optional.empty();

    public Pulse(StoreSession session) {
        this(session, Measuring.ON);
    }

    private Pulse(StoreSession session, Measuring measuring) {
        this.session = session;
        this.measuring = measuring;
    }

    /// One that does not look at the machine, and so shows nothing that differs from run to run: for pictures.
    public static Pulse unmeasured(StoreSession session) {
        return new Pulse(session, Measuring.OFF);
    }

    public void start() {
        timer.start();
    }

    public void stop() {
        timer.stop();
    }

    /// Counts the layout of a scene into the time that a frame takes.
    public void measure(Scene scene) {
        scene.addPostLayoutPulseListener(this::layoutDone);
    }

    /// From now on `listener` gets a frame whenever `node` can be seen; the first one, in which it writes all its texts, at
    /// once when there is one.
    public Registration register(Node node, FrameListener listener) {
        var registration = new Registration(node, listener);
        registrations.add(registration);
        lastFrame.map(Frame::asTextFrame).ifPresent(listener::onFrame);
        return registration;
    }

    /// Hands the result of a command to `consumer` on the JavaFX thread. A failure is told by the session itself.
    public static <T> void deliver(CompletableFuture<T> result, Consumer<? super T> consumer) {
        result.thenAccept(value -> Platform.runLater(() -> consumer.accept(value)));
    }

    /// Runs `action` on the JavaFX thread, after what it is doing now.
    public static void later(Runnable action) {
        Platform.runLater(action);
    }

    /// Makes one frame now. The timer calls it; a picture that is drawn without a window calls it itself.
    public void frame(long nowNanos) {
        workBeganNanos = System.nanoTime();
        if (measuring == Measuring.ON) {
            lookAtMachine(nowNanos);
        }
        List<Registration> seen = findSeen();
        SessionReading reading = session.read();
        TraceReading trace = session.readTrace();
        Frame.Beat beat = rhythm.next(nowNanos, reading, rate.room());
        Frame.Intervals intervals = Frame.Intervals.NONE;
        if (beat == Frame.Beat.TEXT) {
            intervals = takeIntervals(nowNanos);
            rates = meters.measure(nowNanos, reading, intervals);
        }
        var frame = new Frame(nowNanos, beat, reading, trace, rates, intervals, pace, motion(nowNanos, reading));
        lastFrame = Optional.of(frame);
        lastFrameNanos = nowNanos;
        loadFrames.observe(reading.load(), nowNanos)
                .ifPresent(summary -> LOG.log(System.Logger.Level.INFO, summary.toString()));
        framesSinceLook++;
        seen.forEach(registration -> registration.listener.onFrame(frame));
    }

    /// By the clock of the snapshot, so that all that is drawn is of one moment.
    private Motion motion(long nowNanos, SessionReading reading) {
        return motionClock.next(nowNanos, reading.generation(), session.moment()
                .map(moment -> reading.snapshot().map(store -> moment.at(store.takenAtNanos())).orElse(moment)));
    }

    /// Whether what happens in a slow world is seen to move, or jumps.
    public void wish(MotionWish wish) {
        motionClock.wish(wish);
    }

    /// Who gets the next frame. Who was not seen before has old texts: all write anew then.
    private List<Registration> findSeen() {
        List<Registration> seen = new ArrayList<>();
        for (Registration registration : registrations) {
            boolean isSeen = isSeen(registration.node);
            if (isSeen) {
                seen.add(registration);
            }
            if (isSeen && !registration.wasSeen) {
                rhythm.hasten();
            }
            registration.wasSeen = isSeen;
        }
        return seen;
    }

    private Frame.Intervals takeIntervals(long nowNanos) {
        if (nowNanos - lastIntervalsNanos < INTERVALS_EVERY_NS) {
            return Frame.Intervals.NONE;
        }
        lastIntervalsNanos = nowNanos;
        var stages = new EnumMap<PutStage, Histogram>(PutStage.class);
        for (PutStage stage : PutStage.values()) {
            session.takeInterval(stage).ifPresent(histogram -> stages.put(stage, histogram));
        }
        return new Frame.Intervals(session.takeLatency(), stages);
    }

    private void lookAtMachine(long nowNanos) {
        long passed = nowNanos - lastLookNanos;
        if (passed < LOOK_AT_MACHINE_EVERY_NS) {
            return;
        }
        double screenCores = cpu.takeScreenCpuNs() / (double) passed;
        double busyCores = cpu.busyCores();
        if (lastLookNanos != 0 && busyCores >= 0) {
            rate.observe(cpu.cores(), busyCores, screenCores, framesSinceLook * 1e9 / passed);
        }
        lastLookNanos = nowNanos;
        framesSinceLook = 0;
        Runtime runtime = Runtime.getRuntime();
        pace = new FramePace(times.framesPerSecond(), rate.wanted(), times.workMedianNs(),
                runtime.totalMemory() - runtime.freeMemory());
    }

    private void layoutDone() {
        if (workBeganNanos != 0) {
            long workNs = System.nanoTime() - workBeganNanos;
            times.record(lastFrameNanos, workNs);
            loadFrames.work(workNs);
            workBeganNanos = 0;
        }
    }

    /// Whether any of it can be seen: in a scene, no parent hidden, not scrolled away, window neither hidden nor
    /// minimised. A scene without a window counts as seen: that is how pictures are made.
    private static boolean isSeen(Node node) {
        Scene scene = node.getScene();
        if (scene == null) {
            return false;
        }
        Window window = scene.getWindow();
        if (window != null && (!window.isShowing() || window instanceof Stage stage && stage.isIconified())) {
            return false;
        }
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        Bounds place = node.localToScene(node.getLayoutBounds());
        return place.getMaxX() >= 0 && place.getMaxY() >= 0
                && place.getMinX() <= scene.getWidth()
                && place.getMinY() <= scene.getHeight();
    }

    private enum Measuring {
        ON, OFF
    }

    /// Someone who is told; [#cancel] when its view is thrown away.
    public final class Registration {
        private final Node node;
        private final FrameListener listener;
        private boolean wasSeen;

        private Registration(Node node, FrameListener listener) {
            this.node = node;
            this.listener = listener;
        }

        public void cancel() {
            registrations.remove(this);
        }
    }
}
