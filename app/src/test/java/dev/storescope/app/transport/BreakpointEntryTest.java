package dev.storescope.app.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakpointEntryTest {
    private final BreakpointEntry entry = new BreakpointEntry(new Texts(Language.ENGLISH));

    @Test
    void shouldReadSizesWhereAFigureIsInBytes() {
        assertThat(entry.state(Quantity.FLUSH_BEHIND, Bound.Kind.MORE_THAN, " 64K ").moment()).contains(
                new Moment.When(new Condition.StateIs(Quantity.FLUSH_BEHIND,
                        new Bound(Bound.Kind.MORE_THAN, 65_536)), 0));
    }

    @Test
    void shouldReadNumbersWhereItCounts() {
        assertThat(entry.state(Quantity.REQUESTS_READ, Bound.Kind.AT_LEAST, "1 000").moment()).contains(
                new Moment.When(new Condition.StateIs(Quantity.REQUESTS_READ,
                        new Bound(Bound.Kind.AT_LEAST, 1_000)), 0));
    }

    @Test
    void shouldReadTimes() {
        assertThat(entry.time("1.5s").moment()).contains(new Moment.AtTime(1_500_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "64Q", "99999999999999999999"})
    void shouldSayWhatIsWrongWithASize(String text) {
        var entered = entry.state(Quantity.FLUSH_BEHIND, Bound.Kind.MORE_THAN, text);

        assertThat(entered.moment()).isEmpty();
        assertThat(entered.problem()).isEqualTo("Expected a size such as 4096, 64K or 1M, found " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64K", "1.5", "-3"})
    void shouldSayWhatIsWrongWithANumber(String text) {
        assertThat(entry.state(Quantity.FILES, Bound.Kind.EXACTLY, text).problem()).endsWith("found " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "-5ms"})
    void shouldSayWhatIsWrongWithATime(String text) {
        assertThat(entry.time(text).problem()).isEqualTo(
                "Expected a time such as 250ms, 1.5s or 200us, found " + text);
    }
}
