package dev.storescope.app.transport;

import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Measure;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.Optional;

/// A moment of a run in words, as short as a breakpoint's sign is.
final class MomentWords {
    private final Texts texts;

    MomentWords(Texts texts) {
        this.texts = texts;
    }

    String of(Moment moment) {
        return switch (moment) {
            case Moment.AtTime(long nanos) -> texts.get("transport.moment.time", Formats.duration(nanos));
            case Moment.AtStep(long step, long _) -> texts.get("transport.moment.step", Formats.count(step));
            case Moment.When(Condition condition, long afterNs) when afterNs == 0 -> of(condition);
            case Moment.When(Condition condition, long afterNs) ->
                    texts.get("transport.moment.after", Formats.duration(afterNs), of(condition));
        };
    }

    private String of(Condition condition) {
        return switch (condition) {
            case Condition.EventIs(var point, Optional<String> thread, long number) -> {
                String event = thread.map(name -> point + " · " + name).orElse(point.name());
                yield number == 1 ? event : texts.get("transport.moment.nth", event, Formats.count(number));
            }
            case Condition.StateIs(Quantity quantity, var bound) -> "%s %s %s".formatted(quantity.word(),
                    bound.kind().sign(), amount(quantity.measure(), bound.value()));
        };
    }

    private static String amount(Measure measure, long value) {
        return measure == Measure.BYTES ? Formats.bytes(value) : Formats.count(value);
    }
}
