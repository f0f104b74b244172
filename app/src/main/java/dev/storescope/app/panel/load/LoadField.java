package dev.storescope.app.panel.load;

import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Every number of the load that can be entered: its range, how it is written, and where it stands in the spec.
enum LoadField {
    PRODUCERS(LoadNumber.COUNT, 1, LoadSpec.MAX_PRODUCERS, spec -> spec.producers(),
            (spec, value) -> spec.toBuilder().producers(value.intValue()).build()), //
    RATE(LoadNumber.PER_SECOND, 0, Pacing.MAX_PER_SECOND, spec -> constant(spec).perSecond(),
            (spec, value) -> with(spec, new Pacing.Constant(value)), Pacing.Constant.class), //
    RAMP_FROM(LoadNumber.PER_SECOND, 0, Pacing.MAX_PER_SECOND, spec -> ramp(spec).fromPerSecond(),
            (spec, value) -> with(spec, new Pacing.Ramp(value, ramp(spec).toPerSecond(), ramp(spec).overSeconds())),
            Pacing.Ramp.class), //
    RAMP_TO(LoadNumber.PER_SECOND, 0, Pacing.MAX_PER_SECOND, spec -> ramp(spec).toPerSecond(),
            (spec, value) -> with(spec, new Pacing.Ramp(ramp(spec).fromPerSecond(), value, ramp(spec).overSeconds())),
            Pacing.Ramp.class), //
    RAMP_SECONDS(LoadNumber.SECONDS, 0.001, Pacing.MAX_SECONDS, spec -> ramp(spec).overSeconds(),
            (spec, value) -> with(spec, new Pacing.Ramp(ramp(spec).fromPerSecond(), ramp(spec).toPerSecond(), value)),
            Pacing.Ramp.class), //
    STEPS_FROM(LoadNumber.PER_SECOND, 0, Pacing.MAX_PER_SECOND, spec -> steps(spec).fromPerSecond(),
            (spec, value) -> with(spec, new Pacing.Steps(value, steps(spec).addPerSecond(), steps(spec).everySeconds(),
                    steps(spec).steps())),
            Pacing.Steps.class), //
    STEPS_ADD(LoadNumber.PER_SECOND, -Pacing.MAX_PER_SECOND, Pacing.MAX_PER_SECOND, spec -> steps(spec).addPerSecond(),
            (spec, value) -> with(spec, new Pacing.Steps(steps(spec).fromPerSecond(), value, steps(spec).everySeconds(),
                    steps(spec).steps())),
            Pacing.Steps.class), //
    STEPS_SECONDS(LoadNumber.SECONDS, 0.001, Pacing.MAX_SECONDS, spec -> steps(spec).everySeconds(),
            (spec, value) -> with(spec, new Pacing.Steps(steps(spec).fromPerSecond(), steps(spec).addPerSecond(), value,
                    steps(spec).steps())),
            Pacing.Steps.class), //
    STEPS_COUNT(LoadNumber.COUNT, 1, 1_000, spec -> steps(spec).steps(),
            (spec, value) -> with(spec, new Pacing.Steps(steps(spec).fromPerSecond(), steps(spec).addPerSecond(),
                    steps(spec).everySeconds(), value.intValue())),
            Pacing.Steps.class), //
    BURST_MESSAGES(LoadNumber.COUNT, 1, 10_000_000, spec -> bursts(spec).messages(),
            (spec, value) -> with(spec, new Pacing.Bursts(value.intValue(), bursts(spec).everySeconds())),
            Pacing.Bursts.class), //
    BURST_SECONDS(LoadNumber.SECONDS, 0.001, Pacing.MAX_SECONDS, spec -> bursts(spec).everySeconds(),
            (spec, value) -> with(spec, new Pacing.Bursts(bursts(spec).messages(), value)), Pacing.Bursts.class), //
    TOPICS(LoadNumber.COUNT, 1, 10_000, spec -> spec.topics(),
            (spec, value) -> spec.toBuilder().topics(value.intValue()).build()), //
    QUEUES(LoadNumber.COUNT, 1, 1_024, spec -> spec.queuesPerTopic(),
            (spec, value) -> spec.toBuilder().queuesPerTopic(value.intValue()).build()), //
    TAGS(LoadNumber.COUNT, 0, 10_000, spec -> spec.tags(),
            (spec, value) -> spec.toBuilder().tags(value.intValue()).build()), //
    BATCH(LoadNumber.COUNT, 1, 1_024, spec -> spec.batchSize(),
            (spec, value) -> spec.toBuilder().batchSize(value.intValue()).build()), //
    PROPERTY(LoadNumber.BYTES, 0, 32_511, spec -> spec.extraPropertyBytes(),
            (spec, value) -> spec.toBuilder().extraPropertyBytes(value.intValue()).build());

    private final LoadNumber number;
    private final double least;
    private final double greatest;
    private final Function<LoadSpec, Number> get;
    private final BiFunction<LoadSpec, Double, LoadSpec> with;
    private final Class<? extends Pacing> pacing;

    LoadField(LoadNumber number, double least, double greatest, Function<LoadSpec, Number> get,
            BiFunction<LoadSpec, Double, LoadSpec> with) {
        this(number, least, greatest, get, with, Pacing.class);
    }

    LoadField(LoadNumber number, double least, double greatest, Function<LoadSpec, Number> get,
            BiFunction<LoadSpec, Double, LoadSpec> with, Class<? extends Pacing> pacing) {
        this.number = number;
        this.least = least;
        this.greatest = greatest;
        this.get = get;
        this.with = with;
        this.pacing = pacing;
    }

    double least() {
        return least;
    }

    double greatest() {
        return greatest;
    }

    /// Whether the spec has such a number: each pacing has its own.
    boolean isPartOf(LoadSpec spec) {
        return pacing.isInstance(spec.pacing());
    }

    double valueIn(LoadSpec spec) {
        return get.apply(spec).doubleValue();
    }

    /// Throws [dev.storescope.engine.api.StoreException] when the spec as a whole does not allow it.
    LoadSpec in(LoadSpec spec, double value) {
        return with.apply(spec, value);
    }

    String write(double value) {
        return number.write(value);
    }

    /// Whether it can have no part of one.
    boolean isWhole() {
        return number == LoadNumber.COUNT;
    }

    /// Nothing when it is no number, or out of range.
    OptionalDouble parse(String text) {
        OptionalDouble value = number.parse(text);
        return value.isPresent() && value.getAsDouble() >= least && value.getAsDouble() <= greatest
                ? value
                : OptionalDouble.empty();
    }

    private static LoadSpec with(LoadSpec spec, Pacing pacing) {
        return spec.toBuilder().pacing(pacing).build();
    }

    private static Pacing.Constant constant(LoadSpec spec) {
        return (Pacing.Constant) spec.pacing();
    }

    private static Pacing.Ramp ramp(LoadSpec spec) {
        return (Pacing.Ramp) spec.pacing();
    }

    private static Pacing.Steps steps(LoadSpec spec) {
        return (Pacing.Steps) spec.pacing();
    }

    private static Pacing.Bursts bursts(LoadSpec spec) {
        return (Pacing.Bursts) spec.pacing();
    }
}
