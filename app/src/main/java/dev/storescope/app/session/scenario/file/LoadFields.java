package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// A load, in the words of `storescope load`'s options.
final class LoadFields {
    private static final LoadSpec DEFAULT = LoadSpec.builder().build();
    private static final List<String> PACINGS = List.of("rate", "ramp", "steps", "bursts");
    private static final String BODY_FORM = "a size such as 1K, or two such as 100-4K";
    private static final int NS_DIGITS = 9;
    private static final int PERCENT_DIGITS = 2;

    private LoadFields() {
    }

    /// @return nothing when something in it is wrong
    static Optional<LoadSpec> read(YamlNode node, String path, Problems problems) {
        int before = problems.count();
        Optional<Fields> fields = Fields.of(node, path, problems, "the fields of a load, such as 'producers: 16'");
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        LoadSpec.Builder builder = builder(fields.get());
        fields.get().end();
        return problems.count() > before ? Optional.empty() : checked(node, path, problems, builder::build);
    }

    private static LoadSpec.Builder builder(Fields fields) {
        return LoadSpec.builder()
                .producers((int) fields.number("producers", 1, LoadSpec.MAX_PRODUCERS, DEFAULT.producers()))
                .pacing(pacing(fields))
                .body(body(fields))
                .topics((int) fields.number("topics", 1, 10_000, DEFAULT.topics()))
                .queuesPerTopic((int) fields.number("queues", 1, 1_024, DEFAULT.queuesPerTopic()))
                .keys(fields.flag("keys", DEFAULT.keys()))
                .tags((int) fields.number("tags", 0, 10_000, DEFAULT.tags()))
                .extraPropertyBytes((int) fields.bytes("extraProperty", 0, Short.MAX_VALUE, 0))
                .batchSize((int) fields.number("batch", 1, 1_024, DEFAULT.batchSize()))
                .waitStoreMsgOk(fields.flag("waitStoreMsgOk", DEFAULT.waitStoreMsgOk()))
                .maxLatenessNs(fields.nanos("maxLateness", 0, 3_600_000_000_000L, DEFAULT.maxLatenessNs()))
                .limits(limits(fields))
                .seed(fields.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, DEFAULT.seed()));
    }

    private static LoadLimits limits(Fields fields) {
        LoadLimits limits = DEFAULT.limits();
        long messages = fields.number("messages", 1, Long.MAX_VALUE, limits.messages());
        long durationNs = fields.value("seconds", "a number of seconds, from 0.000000001 to 1000000",
                LoadFields::seconds).orElse(limits.durationNs());
        long logBytes = fields.bytes("maxLog", 1, Long.MAX_VALUE, limits.logBytes());
        double minFree = fields.value("minFree", "a number from 0 to 100 (percent)", LoadFields::percent)
                .orElse(limits.minFreeDiskRatio());
        return new LoadLimits(messages, durationNs, logBytes, minFree);
    }

    private static Optional<Long> seconds(String text) {
        return Fields.decimal(text)
                .filter(seconds -> seconds > 0 && seconds <= 1e6)
                .map(seconds -> new BigDecimal(text.replace("_", "")).movePointRight(NS_DIGITS).longValue())
                .filter(nanos -> nanos > 0);
    }

    private static Optional<Double> percent(String text) {
        return Fields.decimal(text)
                .filter(percent -> percent >= 0 && percent <= 100)
                .map(percent -> new BigDecimal(text.replace("_", "")).movePointLeft(PERCENT_DIGITS).doubleValue());
    }

    private static Pacing pacing(Fields fields) {
        List<String> given = PACINGS.stream().filter(fields::has).toList();
        if (given.size() > 1) {
            fields.problems()
                    .add(fields.place(), fields.path(), "at most one of " + String.join(", ", PACINGS),
                            String.join(" and ", given));
        }
        Optional<Pacing> constant = fields.node("rate")
                .flatMap(node -> fields.value(node, fields.path("rate"), "a number from 0 to %.0f (messages/s)"
                        .formatted(Pacing.MAX_PER_SECOND), Fields::decimal)
                        .flatMap(rate -> checked(node, fields.path("rate"), fields.problems(),
                                () -> new Pacing.Constant(rate))));
        Optional<Pacing> ramp = part(fields, "ramp", of -> new Pacing.Ramp(decimal(of, "from"), decimal(of, "to"),
                decimal(of, "overSeconds")));
        Optional<Pacing> steps = part(fields, "steps", of -> new Pacing.Steps(decimal(of, "from"), decimal(of, "add"),
                decimal(of, "everySeconds"), (int) of.number("steps", 1, 1_000, 1)));
        Optional<Pacing> bursts = part(fields, "bursts",
                of -> new Pacing.Bursts((int) of.number("messages", 1, 10_000_000, 1), decimal(of, "everySeconds")));
        return constant.or(() -> ramp).or(() -> steps).or(() -> bursts).orElseGet(Pacing.ClosedLoop::new);
    }

    private static double decimal(Fields fields, String name) {
        if (!fields.has(name)) {
            fields.missing(name, "a number");
        }
        return fields.decimal(name, -Pacing.MAX_PER_SECOND, Pacing.MAX_PER_SECOND, 1);
    }

    private static Optional<Pacing> part(Fields fields, String name, Function<Fields, Pacing> reader) {
        return fields.node(name)
                .flatMap(node -> Fields.of(node, fields.path(name), fields.problems(), "its fields"))
                .flatMap(of -> {
                    Optional<Pacing> pacing = checked(
                            fields.node(name).orElseThrow(), fields.path(name), fields.problems(),
                            () -> reader.apply(of));
                    of.end();
                    return pacing;
                });
    }

    private static BodySize body(Fields fields) {
        Optional<YamlNode> node = fields.node("body");
        if (node.isEmpty()) {
            return DEFAULT.body();
        }
        if (node.get() instanceof Scalar) {
            return fields.value(node.get(), fields.path("body"), BODY_FORM, LoadFields::body).orElse(DEFAULT.body());
        }
        return Fields.of(node.get(), fields.path("body"), fields.problems(), BODY_FORM).flatMap(of -> {
            int min = (int) of.bytes("min", 0, BodySize.MAX_BYTES, 0);
            int max = (int) of.bytes("max", 0, BodySize.MAX_BYTES, 1024);
            String word = of.word("distribution", List.of("uniform", "logUniform"), each -> each).orElse("uniform");
            of.end();
            Supplier<BodySize> size = () -> word.equals("uniform")
                    ? new BodySize.Uniform(min, max)
                    : new BodySize.LogUniform(min, max);
            return checked(node.get(), fields.path("body"), fields.problems(), size);
        }).orElse(DEFAULT.body());
    }

    private static Optional<BodySize> body(String text) {
        String[] bounds = text.split("-", -1);
        OptionalLong min = Sizes.parse(bounds[0].strip());
        OptionalLong max = bounds.length == 2 ? Sizes.parse(bounds[1].strip()) : min;
        if (bounds.length > 2 || min.isEmpty()
                || max.isEmpty()
                || max.getAsLong() > BodySize.MAX_BYTES
                || min.getAsLong() > max.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(bounds.length == 1
                ? new BodySize.Fixed((int) min.getAsLong())
                : new BodySize.Uniform((int) min.getAsLong(), (int) max.getAsLong()));
    }

    /// What the load itself finds wrong.
    private static <T> Optional<T> checked(YamlNode node, String path, Problems problems,
            Supplier<? extends T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (StoreException e) {
            String[] parts = e.getMessage().split(": expected |, found ");
            problems.add(node.place(), path, parts.length == 3 ? parts[1] : "values that fit together",
                    parts.length == 3 ? "%s (%s)".formatted(parts[2], parts[0]) : e.getMessage());
            return Optional.empty();
        }
    }

    /// Every put of such a load would be refused.
    static void refuseWhatNoStoreTakes(LoadSpec load, MessageStoreConfig config, Fields place, String path) {
        long maxBytes = config.number(StoreSetting.MAX_MESSAGE_SIZE);
        long longestBytes = (long) load.body().maxBytes() * load.batchSize();
        if (longestBytes > maxBytes) {
            place.problems()
                    .add(place.place(), path,
                            "at most %d bytes for all bodies of a put (maxMessageSize)".formatted(maxBytes),
                            "%d".formatted(longestBytes));
        } else if (load.leastLogFileBytes() > config.mappedFileSizeCommitLog()) {
            place.problems()
                    .add(place.place(), path,
                            "a put that fits into a log file of %d bytes (mappedFileSizeCommitLog)"
                                    .formatted(config.mappedFileSizeCommitLog()),
                            "one that needs %d".formatted(load.leastLogFileBytes()));
        }
    }

    /// What differs from a load of which nothing is said.
    static Map<String, Object> write(LoadSpec load) {
        Changed fields = new Changed();
        fields.put("producers", load.producers(), DEFAULT.producers());
        pacing(load.pacing(), fields.values());
        fields.put("body", body(load.body()), body(DEFAULT.body()));
        fields.put("topics", load.topics(), DEFAULT.topics());
        fields.put("queues", load.queuesPerTopic(), DEFAULT.queuesPerTopic());
        fields.put("keys", load.keys(), DEFAULT.keys());
        fields.put("tags", load.tags(), DEFAULT.tags());
        fields.put("extraProperty", Sizes.text(load.extraPropertyBytes()), "0");
        fields.put("batch", load.batchSize(), DEFAULT.batchSize());
        fields.put("waitStoreMsgOk", load.waitStoreMsgOk(), DEFAULT.waitStoreMsgOk());
        fields.put("maxLateness", Durations.text(load.maxLatenessNs()), Durations.text(DEFAULT.maxLatenessNs()));
        LoadLimits limits = load.limits();
        fields.put("messages", limits.messages(), DEFAULT.limits().messages());
        if (limits.durationNs() != LoadLimits.NONE) {
            fields.values()
                    .put("seconds", BigDecimal.valueOf(limits.durationNs(), NS_DIGITS)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        fields.put("maxLog", Sizes.text(limits.logBytes()), Sizes.text(DEFAULT.limits().logBytes()));
        fields.put("minFree", percent(limits), percent(DEFAULT.limits()));
        fields.put("seed", load.seed(), DEFAULT.seed());
        return fields.values();
    }

    private static String percent(LoadLimits limits) {
        return new BigDecimal(Double.toString(limits.minFreeDiskRatio())).movePointRight(PERCENT_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static void pacing(Pacing pacing, Map<String, Object> fields) {
        switch (pacing) {
            case Pacing.ClosedLoop _ -> {
                // what holds when nothing is said
            }
            case Pacing.Constant(double rate) -> fields.put("rate", rate);
            case Pacing.Ramp(double from, double to, double over) ->
                    fields.put("ramp", ordered("from", from, "to", to, "overSeconds", over));
            case Pacing.Steps(double from, double add, double every, int steps) ->
                    fields.put("steps", ordered("from", from, "add", add, "everySeconds", every, "steps", steps));
            case Pacing.Bursts(int messages, double every) ->
                    fields.put("bursts", ordered("messages", messages, "everySeconds", every));
        }
    }

    private static Object body(BodySize body) {
        return switch (body) {
            case BodySize.Fixed(int bytes) -> Sizes.text(bytes);
            case BodySize.Uniform(int min, int max) -> Sizes.text(min) + "-" + Sizes.text(max);
            case BodySize.LogUniform(int min, int max) ->
                    ordered("distribution", "logUniform", "min", Sizes.text(min), "max", Sizes.text(max));
        };
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
