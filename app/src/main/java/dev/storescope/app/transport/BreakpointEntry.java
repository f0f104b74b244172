package dev.storescope.app.transport;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Measure;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.session.scenario.file.Durations;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.SettingKind;
import dev.storescope.engine.probe.ProbePoint;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what the user entered for a breakpoint.
final class BreakpointEntry {
    private final Texts texts;

    BreakpointEntry(Texts texts) {
        this.texts = texts;
    }

    /// A breakpoint, or what is wrong with what was entered.
    ///
    /// @param problem "" when there is a moment
    record Entered(Optional<Moment> moment, String problem) {
    }

    static Moment event(ProbePoint point) {
        return new Moment.When(new Condition.EventIs(point, Optional.empty(), 1), 0);
    }

    /// @param amount such as `64K`, or a number
    Entered state(Quantity quantity, Bound.Kind kind, String amount) {
        OptionalLong value = quantity.measure() == Measure.BYTES ? bytes(amount.strip()) : number(amount.strip());
        return value.isPresent()
                ? entered(new Moment.When(new Condition.StateIs(quantity, new Bound(kind, value.getAsLong())), 0))
                : wrong(quantity.measure() == Measure.BYTES ? "transport.wrong.bytes" : "transport.wrong.number",
                        amount);
    }

    /// @param time since the world's beginning, such as `250ms`
    Entered time(String time) {
        OptionalLong nanos = Durations.parse(time.strip());
        return nanos.isPresent() ? entered(new Moment.AtTime(nanos.getAsLong())) : wrong("transport.wrong.time", time);
    }

    private static Entered entered(Moment moment) {
        return new Entered(Optional.of(moment), "");
    }

    private Entered wrong(String key, String found) {
        return new Entered(Optional.empty(), texts.get(key, found.strip()));
    }

    private static OptionalLong bytes(String text) {
        try {
            long bytes = SettingKind.Whole.parseBytes(text);
            return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong number(String text) {
        try {
            long number = Long.parseLong(text.replaceAll("[\\s_\u00a0]", ""));
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
