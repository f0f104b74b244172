package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Measure;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.engine.probe.ProbePoint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Moments (`at: 250ms`, `atStep: 1200`, or `when:` something happens), conditions, and bounds such as `more than 64K`.
final class MomentFields {
    /// `clock` stands beside `atStep` where an action was recorded.
    private static final List<String> WAYS = List.of("at", "atStep", "when");
    private static final List<Quantity> QUANTITIES = List.of(Quantity.values());

    private MomentFields() {
    }

    /// The moment that stands among other fields.
    static Optional<Moment> read(Fields fields) {
        List<String> given = WAYS.stream().filter(fields::has).toList();
        Optional<Moment> at = fields.node("at")
                .map(node -> new Moment.AtTime(fields.nanos("at", 0, Durations.LONGEST_NS, 0)));
        Optional<Moment> atStep = fields.node("atStep")
                .map(node -> new Moment.AtStep(fields.number("atStep", 0, Long.MAX_VALUE - 1, 0),
                        fields.nanos("clock", 0, Durations.LONGEST_NS, 0)));
        long afterNs = fields.nanos("after", 0, Durations.LONGEST_NS, 0);
        Optional<Moment> when = fields.node("when")
                .flatMap(node -> condition(node, fields.path("when"), fields.problems()))
                .map(condition -> new Moment.When(condition, afterNs));
        if (given.size() != 1) {
            fields.problems()
                    .add(fields.place(), fields.path(), "one of " + String.join(", ", WAYS),
                            given.isEmpty() ? "none" : String.join(" and ", given));
            return Optional.empty();
        }
        if (fields.has("after") && !fields.has("when")) {
            fields.problems().add(fields.place(), fields.path("after"), "'when' beside it", given.getFirst());
        }
        if (fields.has("clock") && !fields.has("atStep")) {
            fields.problems().add(fields.place(), fields.path("clock"), "'atStep' beside it", given.getFirst());
        }
        return at.or(() -> atStep).or(() -> when);
    }

    static Optional<Condition> condition(YamlNode node, String path, Problems problems) {
        Optional<Fields> fields = Fields.of(node, path, problems,
                "a condition, such as 'event: FORCE_BEGIN' or 'flushBehind: more than 64K'");
        return fields.flatMap(of -> {
            Optional<Condition> condition = of.has("event") ? event(of) : state(of);
            of.end();
            return condition;
        });
    }

    private static Optional<Condition> event(Fields fields) {
        Optional<ProbePoint> point = fields.constant("event", ProbePoint.class);
        Optional<String> thread = fields.text("thread");
        long number = fields.number("number", 1, 1_000_000_000_000L, 1);
        return point.map(it -> new Condition.EventIs(it, thread, number));
    }

    private static Optional<Condition> state(Fields fields) {
        fields.node("event");
        List<Quantity> given = QUANTITIES.stream().filter(quantity -> fields.has(quantity.word())).toList();
        List<String> words = QUANTITIES.stream().map(Quantity::word).toList();
        Optional<Condition> condition = Optional.empty();
        for (Quantity quantity : QUANTITIES) {
            Optional<Bound> bound = bound(fields, quantity.word(), quantity.measure());
            condition = condition.or(() -> bound.map(it -> new Condition.StateIs(quantity, it)));
        }
        if (given.size() != 1) {
            fields.problems()
                    .add(fields.place(), fields.path(), "'event', or one of " + String.join(", ", words),
                            given.isEmpty() ? "none" : "several");
        }
        return condition;
    }

    /// `0`, `more than 64K`, `">= 3"`.
    static Optional<Bound> bound(Fields fields, String name, Measure measure) {
        return fields.value(name, "%s, alone or after %s".formatted(measure.form(), kinds()),
                text -> bound(text.strip(), measure));
    }

    private static String kinds() {
        return String.join(", ", Arrays.stream(Bound.Kind.values()).map(Bound.Kind::words).toList());
    }

    private static Optional<Bound> bound(String text, Measure measure) {
        for (Bound.Kind kind : Bound.Kind.values()) {
            if (text.startsWith(kind.words() + " ")) {
                return figure(text.substring(kind.words().length()).strip(), measure)
                        .map(value -> new Bound(kind, value));
            }
        }
        for (Bound.Kind kind : Bound.Kind.values()) {
            if (text.startsWith(kind.sign())) {
                return figure(text.substring(kind.sign().length()).strip(), measure)
                        .map(value -> new Bound(kind, value));
            }
        }
        return figure(text, measure).map(value -> new Bound(Bound.Kind.EXACTLY, value));
    }

    private static Optional<Long> figure(String text, Measure measure) {
        OptionalLong figure = switch (measure) {
            case COUNT -> Fields.whole(text);
            case BYTES -> Sizes.parse(text);
            case NANOSECONDS -> Durations.parse(text);
        };
        return figure.isPresent() ? Optional.of(figure.getAsLong()) : Optional.empty();
    }

    static Object write(Bound bound, Measure measure) {
        String figure = switch (measure) {
            case COUNT -> Long.toString(bound.value());
            case BYTES -> Sizes.text(bound.value());
            case NANOSECONDS -> Durations.text(bound.value());
        };
        return bound.kind() == Bound.Kind.EXACTLY ? figure : bound.kind().words() + " " + figure;
    }

    static Map<String, Object> write(Condition condition) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (condition) {
            case Condition.EventIs(ProbePoint point, Optional<String> thread, long number) -> {
                fields.put("event", point.name());
                thread.ifPresent(name -> fields.put("thread", name));
                if (number != 1) {
                    fields.put("number", number);
                }
            }
            case Condition.StateIs(Quantity quantity, Bound bound) ->
                    fields.put(quantity.word(), write(bound, quantity.measure()));
        }
        return fields;
    }

    static Map<String, Object> write(Moment moment) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (moment) {
            case Moment.AtTime(long nanos) -> fields.put("at", Durations.text(nanos));
            case Moment.AtStep(long step, long nanos) -> {
                fields.put("atStep", step);
                if (nanos != 0) {
                    fields.put("clock", Durations.text(nanos));
                }
            }
            case Moment.When(Condition condition, long afterNs) -> {
                fields.put("when", write(condition));
                if (afterNs != 0) {
                    fields.put("after", Durations.text(afterNs));
                }
            }
        }
        return fields;
    }
}
