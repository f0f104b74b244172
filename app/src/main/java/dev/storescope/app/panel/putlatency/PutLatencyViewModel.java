package dev.storescope.app.panel.putlatency;

import dev.storescope.app.control.HistogramChart.Content;
import dev.storescope.app.control.StackedBar.Part;
import dev.storescope.app.control.StackedBar.Role;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.Pacing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.HdrHistogram.Histogram;

/// How long the load's puts took in the last 10 s, and where the time of sampled puts went.
public final class PutLatencyViewModel {
    static final long SPAN_NS = 10_000_000_000L;

    private final Texts texts;
    private final SlidingHistogram latency = new SlidingHistogram(SPAN_NS);
    private final Map<PutStage, SlidingHistogram> stages = new EnumMap<>(PutStage.class);
    private final ObjectProperty<View> view = new SimpleObjectProperty<>(this, "view", View.LATENCY);
    private final ReadOnlyObjectWrapper<Latency> latencyShown;
    private final ReadOnlyObjectWrapper<Breakdown> stagesShown;
    private Loop loop = Loop.OPEN;
    private Language language;
    private long generation;

    /// Which of the two is looked at.
    enum View {
        LATENCY, STAGES
    }

    /// Where latency begins.
    private enum Loop {
        OPEN, CLOSED
    }

    /// @param note from when on the latency counts, and what is not in it
    record Latency(Content chart, String p50, String p99, String p999, String max, String note) {
    }

    /// Where the time of the median put went.
    ///
    /// @param stages by [PathStep], all of them
    /// @param whole nanoseconds of the whole bar
    record Breakdown(List<Part> bar, double whole, Map<PathStep, StageLine> stages, String note) {
    }

    /// @param median or why there is none
    /// @param p99 "" when there is no median
    record StageLine(OnPath onPath, String median, String p99) {
    }

    /// Whether a put goes through a stage.
    enum OnPath {
        YES, NO
    }

    public PutLatencyViewModel(Texts texts) {
        this.texts = texts;
        language = texts.language();
        for (PutStage stage : PutStage.values()) {
            stages.put(stage, new SlidingHistogram(SPAN_NS));
        }
        latencyShown = new ReadOnlyObjectWrapper<>(this, "latency", writeLatency(Optional.empty()));
        stagesShown = new ReadOnlyObjectWrapper<>(this, "stages", writeStages(Optional.empty()));
    }

    void update(Frame frame) {
        if (frame.generation() != generation) {
            generation = frame.generation();
            forget();
        }
        if (!frame.isTextFrame()) {
            return;
        }
        if (frame.intervals() == Frame.Intervals.NONE) {
            if (texts.language() != language) {
                write(frame);
            } else {
                writeNote(frame.load());
            }
            return;
        }
        Loop now = frame.loadSpec().pacing() instanceof Pacing.ClosedLoop ? Loop.CLOSED : Loop.OPEN;
        if (now != loop) {
            // The two count from different moments: one picture of both would mean nothing.
            loop = now;
            latency.clear();
        }
        frame.intervals().latency().ifPresent(interval -> latency.add(frame.worldNanos(), interval));
        frame.intervals().stages().forEach((stage, interval) -> stages.get(stage).add(frame.worldNanos(), interval));
        latency.expire(frame.worldNanos());
        stages.values().forEach(stage -> stage.expire(frame.worldNanos()));
        write(frame);
    }

    private void write(Frame frame) {
        language = texts.language();
        latencyShown.set(writeLatency(frame.load()));
        stagesShown.set(writeStages(frame.snapshot()));
    }

    /// What it says of the load has to be of the same frame as what others say of it.
    private void writeNote(Optional<LoadSnapshot> load) {
        Latency now = latencyShown.get();
        if (latency.sum().getTotalCount() > 0 && !now.note().equals(note(load))) {
            latencyShown.set(new Latency(now.chart(), now.p50(), now.p99(), now.p999(), now.max(), note(load)));
        }
    }

    private void forget() {
        latency.clear();
        stages.values().forEach(SlidingHistogram::clear);
        latencyShown.set(writeLatency(Optional.empty()));
        stagesShown.set(writeStages(Optional.empty()));
    }

    private Latency writeLatency(Optional<LoadSnapshot> load) {
        Histogram sum = latency.sum();
        if (sum.getTotalCount() == 0) {
            return new Latency(Content.NONE, Formats.UNKNOWN, Formats.UNKNOWN, Formats.UNKNOWN, Formats.UNKNOWN,
                    texts.get("putLatency.none"));
        }
        return new Latency(LatencyBars.of(sum), at(sum, 50), at(sum, 99), at(sum, 99.9),
                Formats.duration(sum.getMaxValue()), note(load));
    }

    private String note(Optional<LoadSnapshot> load) {
        if (loop == Loop.CLOSED) {
            return texts.get("putLatency.closed");
        }
        long missed = load.map(LoadSnapshot::missed).orElse(0L);
        return missed == 0
                ? texts.get("putLatency.open")
                : texts.get("putLatency.openMissed", Formats.count(missed));
    }

    private static String at(Histogram histogram, double percentile) {
        return Formats.duration(histogram.getValueAtPercentile(percentile));
    }

    private Breakdown writeStages(Optional<StoreSnapshot> snapshot) {
        Map<PathStep, StageLine> lines = new EnumMap<>(PathStep.class);
        for (PathStep step : PathStep.values()) {
            lines.put(step, line(step, snapshot));
        }
        double sum = 0;
        var bar = new java.util.ArrayList<Part>();
        for (PathStep step : PathStep.values()) {
            if (step.role().isPresent() && lines.get(step).onPath == OnPath.YES) {
                double median = step.measured().map(this::median).orElse(0.0);
                bar.add(new Part(step.role().get(), median));
                sum += median;
            }
        }
        return new Breakdown(List.copyOf(bar), Math.max(sum, median(PutStage.TOTAL)), lines,
                snapshot.map(store -> sampled(store.counters().putSamplingInterval())).orElse(""));
    }

    private String sampled(int interval) {
        return interval == 1
                ? texts.get("putLatency.sampledAll")
                : texts.get("putLatency.sampled", Formats.count(interval));
    }

    private StageLine line(PathStep step, Optional<StoreSnapshot> snapshot) {
        if (snapshot.isEmpty()) {
            return new StageLine(OnPath.NO, Formats.UNKNOWN, "");
        }
        boolean sync = snapshot.get().config().flushDiskType() == FlushDiskType.SYNC_FLUSH;
        boolean onPath = switch (step) {
            case LOCK, ALLOCATE, APPEND, TOTAL -> true;
            case COMMIT -> false;
            case FLUSH, WAKE_UP -> sync;
        };
        if (!onPath) {
            return new StageLine(OnPath.NO, texts.get(whyNot(step, snapshot.get())), "");
        }
        Histogram sum = stages.get(step.measured().orElseThrow()).sum();
        if (sum.getTotalCount() == 0) {
            return new StageLine(OnPath.NO,
                    step == PathStep.ALLOCATE ? texts.get("putLatency.noRoll") : Formats.UNKNOWN, "");
        }
        return new StageLine(OnPath.YES, at(sum, 50), at(sum, 99));
    }

    private static String whyNot(PathStep step, StoreSnapshot snapshot) {
        boolean noCommits = step == PathStep.COMMIT && !snapshot.config().transientStorePoolActs();
        return noCommits ? "putLatency.noPool" : "putLatency.behind";
    }

    private double median(PutStage stage) {
        Histogram sum = stages.get(stage).sum();
        return sum.getTotalCount() == 0 ? 0 : sum.getValueAtPercentile(50);
    }

    /// What is looked at; whoever shows the switch sets it.
    ObjectProperty<View> viewProperty() {
        return view;
    }

    ReadOnlyObjectProperty<Latency> latencyProperty() {
        return latencyShown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Breakdown> stagesProperty() {
        return stagesShown.getReadOnlyProperty();
    }

    /// The way of a put, as it is drawn.
    enum PathStep {
        LOCK(Optional.of(PutStage.LOCK), Optional.of(Role.MUTED)),
        /// Only puts that fill a file go through it, so it has no part in the median put.
        ALLOCATE(Optional.of(PutStage.ALLOCATE), Optional.empty()),
        APPEND(Optional.of(PutStage.APPEND), Optional.of(Role.WROTE)),
        /// No put waits for it.
        COMMIT(Optional.empty(), Optional.empty()), FLUSH(Optional.of(PutStage.FLUSH), Optional.of(Role.FLUSHED)),
        WAKE_UP(Optional.of(PutStage.WAKE_UP), Optional.of(Role.ACCENT)),
        TOTAL(Optional.of(PutStage.TOTAL), Optional.empty());

        private final Optional<PutStage> measured;
        private final Optional<Role> role;

        PathStep(Optional<PutStage> measured, Optional<Role> role) {
            this.measured = measured;
            this.role = role;
        }

        Optional<PutStage> measured() {
            return measured;
        }

        /// Its part of the bar.
        Optional<Role> role() {
            return role;
        }
    }
}
