package dev.storescope.app.panel.rates;

import dev.storescope.app.control.Series;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.Rates;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// How fast the store works, now and over the last 60 s.
///
/// Takes a sample a few times a second. While no store is open there is a gap; the history goes on over a restart, since
/// comparing before and after is what one wants then.
public final class RatesViewModel {
    /// What the lines show, from left to right.
    static final long SPAN_NS = 60_000_000_000L;
    static final long SAMPLE_EVERY_NS = 190_000_000L;
    /// Nobody looked for so long: what was between is not known.
    private static final long GAP_NS = 1_000_000_000L;
    /// Samples that come late must not leave a part of the span empty.
    private static final int KEPT = 400;

    private final Texts texts;
    private final Map<Line, Series> series = new EnumMap<>(Line.class);
    private final Map<Line, ReadOnlyStringWrapper> values = new EnumMap<>(Line.class);
    private final ReadOnlyStringWrapper movesName = new ReadOnlyStringWrapper(this, "movesName", "");
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper(this, "hint", "");
    private final ReadOnlyLongWrapper sampledAt = new ReadOnlyLongWrapper(this, "sampledAt");
    private OptionalLong pointedAge = OptionalLong.empty();
    private Moves moves = Moves.FORCES;
    private Rates rates = Rates.UNKNOWN;
    private OptionalLong behind = OptionalLong.empty();
    private boolean sampled;
    private double leastBehind = Double.POSITIVE_INFINITY;
    private double mostBehind = Double.NEGATIVE_INFINITY;

    /// What is recorded.
    enum Line {
        MESSAGES, BYTES, FORCES, COMMITS, BEHIND
    }

    /// How bytes move on: with the pool the commits are of interest, without it there are none.
    enum Moves {
        FORCES, COMMITS
    }

    public RatesViewModel(Texts texts) {
        this.texts = texts;
        for (Line line : Line.values()) {
            series.put(line, new Series(KEPT));
            values.put(line, new ReadOnlyStringWrapper(this, line.name(), Formats.UNKNOWN));
        }
    }

    void update(Frame frame) {
        frame.snapshot().ifPresent(this::measure);
        if (!frame.isTextFrame()) {
            return;
        }
        rates = frame.rates();
        behind = frame.snapshot().stream().mapToLong(snapshot -> snapshot.log().unflushedBytes()).findFirst();
        if (!sampled || frame.nowNanos() - sampledAt.get() >= SAMPLE_EVERY_NS) {
            sample(frame);
        }
        write();
    }

    private void measure(StoreSnapshot snapshot) {
        moves = snapshot.config().transientStorePoolActs() ? Moves.COMMITS : Moves.FORCES;
        long bytesBehind = snapshot.log().unflushedBytes();
        leastBehind = Math.min(leastBehind, bytesBehind);
        mostBehind = Math.max(mostBehind, bytesBehind);
    }

    private void sample(Frame frame) {
        long now = frame.nowNanos();
        boolean gap = sampled && now - sampledAt.get() > GAP_NS;
        for (Line line : Line.values()) {
            Series line60 = series.get(line);
            if (gap) {
                line60.addGap(sampledAt.get() + SAMPLE_EVERY_NS);
            }
            if (line == Line.BEHIND && frame.snapshot().isPresent()) {
                line60.add(now, leastBehind, mostBehind);
            } else {
                now(line).ifPresentOrElse(value -> line60.add(now, value), () -> line60.addGap(now));
            }
        }
        leastBehind = Double.POSITIVE_INFINITY;
        mostBehind = Double.NEGATIVE_INFINITY;
        sampled = true;
        sampledAt.set(now);
    }

    private OptionalDouble now(Line line) {
        return switch (line) {
            case MESSAGES -> rates.messages();
            case BYTES -> rates.bytes();
            case FORCES -> rates.forces();
            case COMMITS -> rates.commits();
            case BEHIND -> behind.isPresent() ? OptionalDouble.of(behind.getAsLong()) : OptionalDouble.empty();
        };
    }

    /// The user points at a moment.
    ///
    /// @param ageNanos before the last sample; nothing when he no longer points
    void point(OptionalLong ageNanos) {
        pointedAge = ageNanos;
        write();
    }

    private void write() {
        values.forEach((line, text) -> text.set(write(line, pointedAge.isPresent()
                ? series.get(line).at(sampledAt.get() - pointedAge.getAsLong(), SAMPLE_EVERY_NS)
                : now(line))));
        movesName.set(texts.get(moves == Moves.COMMITS ? "rates.commits" : "rates.forces"));
        hint.set(pointedAge.isPresent()
                ? texts.get("rates.ago", seconds(pointedAge.getAsLong()))
                : texts.get("rates.hint"));
    }

    private static String seconds(long nanos) {
        long tenths = Math.round(nanos / 1e8);
        return tenths / 10 + "." + tenths % 10;
    }

    private static String write(Line line, OptionalDouble value) {
        if (value.isEmpty()) {
            return Formats.UNKNOWN;
        }
        return switch (line) {
            case MESSAGES, FORCES, COMMITS -> Formats.perSecond(value.getAsDouble());
            case BYTES -> Formats.bytesPerSecond(value.getAsDouble());
            case BEHIND -> Formats.bytes((long) value.getAsDouble());
        };
    }

    Series series(Line line) {
        return series.get(line);
    }

    /// Forces, or with the pool commits.
    Line movesLine() {
        return switch (moves) {
            case FORCES -> Line.FORCES;
            case COMMITS -> Line.COMMITS;
        };
    }

    OptionalLong pointedAge() {
        return pointedAge;
    }

    /// Changes with each sample: time to draw.
    ReadOnlyLongProperty sampledAtProperty() {
        return sampledAt.getReadOnlyProperty();
    }

    /// Now, or at the moment that the user points at.
    ReadOnlyStringProperty valueProperty(Line line) {
        return values.get(line).getReadOnlyProperty();
    }

    ReadOnlyStringProperty movesNameProperty() {
        return movesName.getReadOnlyProperty();
    }

    ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
    }
}
