package dev.storescope.app.panel.load;

import dev.storescope.app.panel.load.BodyRange.Spread;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.Rates;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadSpecException;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the load sends and how it is doing.
///
/// What the user changes is shown at once and handed out by [#takeChange] a few times a second at most: each change of a
/// running load ends its producers and starts others. Until the session has it, the frames still bring the spec of
/// before, which is passed over.
public final class LoadViewModel {
    static final long SEND_EVERY_NS = 150_000_000L;
    /// After this the session has refused, and told why.
    private static final long GIVE_UP_AFTER_NS = 2_000_000_000L;
    private static final int KEPT_STEPS_OF_TWO_DIGITS = 10;

    private final Texts texts;
    private final LoadStatus status;
    private final ReadOnlyObjectWrapper<LoadSpec> spec = new ReadOnlyObjectWrapper<>(this, "spec",
            LoadSpec.builder().build());
    private final ReadOnlyObjectWrapper<LoadStatus.Shown> statusShown;
    private final ReadOnlyBooleanWrapper storeOpen = new ReadOnlyBooleanWrapper(this, "storeOpen");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running");
    private final ReadOnlyStringWrapper bodyNote = new ReadOnlyStringWrapper(this, "bodyNote", "");
    private final ReadOnlyStringWrapper producersNote = new ReadOnlyStringWrapper(this, "producersNote", "");
    /// Name of the field for whose text the load was not started.
    private Optional<String> startKept = Optional.empty();
    private Optional<LoadSpec> wanted = Optional.empty();
    private boolean sent = true;
    private long sentAt;
    private long nowNanos;
    private Pacing lastOpenLoop = LoadShape.CONSTANT.at(new Pacing.ClosedLoop());
    private Spread lastSpread = Spread.UNIFORM;

    /// Whether the answers or the clock say when the next message goes.
    enum Loop {
        OPEN, CLOSED
    }

    public LoadViewModel(Texts texts) {
        this.texts = texts;
        status = new LoadStatus(texts);
        statusShown = new ReadOnlyObjectWrapper<>(this, "status",
                status.write(Optional.empty(), spec.get(), Rates.UNKNOWN));
    }

    void update(Frame frame) {
        nowNanos = frame.nowNanos();
        boolean arrived = wanted.isPresent() && sent && sameButLimits(wanted.get(), frame.loadSpec());
        boolean givenUp = wanted.isPresent() && sent && nowNanos - sentAt > GIVE_UP_AFTER_NS;
        if (arrived || givenUp) {
            wanted = Optional.empty();
        }
        storeOpen.set(frame.snapshot().isPresent());
        boolean isRunning = frame.load().map(LoadSnapshot::state).filter(LoadState.RUNNING::equals).isPresent();
        running.set(isRunning);
        show(wanted.orElse(frame.loadSpec()));
        if (frame.isTextFrame()) {
            LoadStatus.Shown now = status.write(frame.load(), spec.get(), frame.rates());
            statusShown.set(
                    startKept.map(field -> now.withLine(texts.get("load.notStarted", field))).orElse(now));
            writeNotes(frame);
        }
    }

    private void show(LoadSpec shown) {
        if (!(shown.pacing() instanceof Pacing.ClosedLoop)) {
            lastOpenLoop = shown.pacing();
        }
        if (shown.body().minBytes() != shown.body().maxBytes()) {
            lastSpread = BodyRange.spreadOf(shown.body());
        }
        spec.set(shown);
    }

    private void writeNotes(Frame frame) {
        long longest = frame.snapshot()
                .map(snapshot -> snapshot.config().number(StoreSetting.MAX_MESSAGE_SIZE))
                .orElse(Long.MAX_VALUE);
        long sentAtOnce = (long) spec.get().body().maxBytes() * spec.get().batchSize();
        bodyNote.set(sentAtOnce > longest ? texts.get("load.bodyTooLong", Formats.bytes(longest)) : "");
        producersNote.set(spec.get().producers() > LoadSpec.MAX_PLATFORM_PRODUCERS
                ? texts.get("load.virtualThreads")
                : "");
    }

    // --- what the user wants ---

    /// @return what is wrong with the text, or nothing
    Optional<String> enter(LoadField field, String text) {
        OptionalDouble value = field.parse(text);
        Optional<String> problem = value.isPresent()
                ? change(now -> field.isPartOf(now) ? field.in(now, value.getAsDouble()) : now)
                : Optional.of(wrong(
                        texts.get(field.isWhole() ? "load.range.whole" : "load.range", field.write(field.least()),
                                field.write(field.greatest())),
                        text));
        return problem.map(words -> texts.get("load.stillInForce", words,
                field.isPartOf(spec.get()) ? field.write(field.valueIn(spec.get())) : Formats.UNKNOWN));
    }

    /// @return what is wrong with the text, or nothing
    Optional<String> enterBody(String text) {
        Optional<BodySize> body = BodyRange.parse(text, lastSpread);
        Optional<String> problem = body.isPresent()
                ? change(now -> now.toBuilder().body(body.get()).build())
                : Optional.of(wrong(
                        texts.get(BodyRange.isTurnedRound(text) ? "load.bodyTurnedRound" : "load.bodyRange",
                                Formats.bytes(BodySize.MAX_BYTES)),
                        text));
        return problem
                .map(words -> texts.get("load.stillInForce", words, BodyRange.write(spec.get().body())));
    }

    /// To a number that is in range.
    void slide(LoadField field, double value) {
        change(now -> field.isPartOf(now) ? field.in(now, Math.clamp(value, field.least(), field.greatest())) : now);
    }

    void slideBody(double leastBytes, double greatestBytes) {
        change(now -> now.toBuilder().body(BodyRange.of((int) leastBytes, (int) greatestBytes, lastSpread)).build());
    }

    /// One step up or down: by one, or where numbers are large by a hundredth to a tenth.
    ///
    /// @param direction 1 or -1
    void step(LoadField field, int direction) {
        if (field.isPartOf(spec.get())) {
            double now = field.valueIn(spec.get());
            double size = Math.max(1, Math.pow(10, Math.floor(Math.log10(Math.max(1, Math.abs(now))))) /
                    KEPT_STEPS_OF_TWO_DIGITS);
            slide(field, Math.rint(now / size) * size + direction * size);
        }
    }

    void choose(Loop loop) {
        Pacing open = lastOpenLoop;
        change(now -> now.toBuilder().pacing(switch (loop) {
            case OPEN -> open;
            case CLOSED -> new Pacing.ClosedLoop();
        }).build());
    }

    void choose(LoadShape shape) {
        change(now -> shape == LoadShape.of(now.pacing())
                ? now
                : now.toBuilder().pacing(shape.at(now.pacing())).build());
    }

    void choose(Spread spread) {
        lastSpread = spread;
        change(now -> now.toBuilder()
                .body(BodyRange.of(now.body().minBytes(), now.body().maxBytes(), spread))
                .build());
    }

    void wantKeys(boolean keys) {
        change(now -> now.toBuilder().keys(keys).build());
    }

    void wantWaitStoreMsgOk(boolean wait) {
        change(now -> now.toBuilder().waitStoreMsgOk(wait).build());
    }

    /// Says from the next text frame on that the load does not start because of a field; nothing when it may.
    void keepFromStarting(Optional<String> field) {
        startKept = field;
    }

    private Optional<String> change(UnaryOperator<LoadSpec> change) {
        try {
            LoadSpec changed = change.apply(spec.get());
            if (!changed.equals(spec.get())) {
                wanted = Optional.of(changed);
                sent = false;
                show(changed);
            }
            return Optional.empty();
        } catch (LoadSpecException e) {
            return Optional.of(notTogether(e));
        }
    }

    /// Each value is in its own range, but they do not go together.
    private String notTogether(LoadSpecException problem) {
        DoubleFunction<String> write = switch (problem.limit()) {
            case LAST_STEP_PER_SECOND -> LoadNumber.PER_SECOND::write;
            case BODIES_BYTES -> bytes -> Formats.bytes((long) bytes);
            case ONE_VALUE -> LoadNumber.COUNT::write;
        };
        return texts.get("load.notTogether." + problem.limit(),
                texts.get("load.range", write.apply(problem.min()), write.apply(problem.max())),
                write.apply(problem.found()));
    }

    /// What is to be handed to the session now; nothing when it has it already, or had another one a moment ago.
    Optional<LoadSpec> takeChange() {
        return nowNanos - sentAt >= SEND_EVERY_NS ? takeChangeNow() : Optional.empty();
    }

    /// The same without waiting, before something that depends on it.
    Optional<LoadSpec> takeChangeNow() {
        if (sent) {
            return Optional.empty();
        }
        sent = true;
        sentAt = nowNanos;
        return wanted;
    }

    private String wrong(String expected, String found) {
        return texts.get("load.wrong", expected, found.isBlank() ? texts.get("load.nothing") : found.strip());
    }

    private static boolean sameButLimits(LoadSpec one, LoadSpec other) {
        return one.toBuilder().limits(other.limits()).build().equals(other);
    }

    // --- what is shown ---

    ReadOnlyObjectProperty<LoadSpec> specProperty() {
        return spec.getReadOnlyProperty();
    }

    Loop loop() {
        return spec.get().pacing() instanceof Pacing.ClosedLoop ? Loop.CLOSED : Loop.OPEN;
    }

    boolean isRange() {
        return spec.get().body().minBytes() != spec.get().body().maxBytes();
    }

    ReadOnlyObjectProperty<LoadStatus.Shown> statusProperty() {
        return statusShown.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty storeOpenProperty() {
        return storeOpen.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    ReadOnlyStringProperty bodyNoteProperty() {
        return bodyNote.getReadOnlyProperty();
    }

    ReadOnlyStringProperty producersNoteProperty() {
        return producersNote.getReadOnlyProperty();
    }
}
