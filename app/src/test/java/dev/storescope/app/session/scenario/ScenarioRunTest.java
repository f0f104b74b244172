package dev.storescope.app.session.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.storescope.app.session.scenario.ScenarioOutcome.End;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.scenario.file.ScenarioReader;
import dev.storescope.app.session.scenario.file.ScenarioWriter;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Until;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioRunTest {
    private static final String HEAD = """
            storescope: 1
            seed: 11
            settings: {mappedFileSizeCommitLog: 1M, flushIntervalCommitLog: 50}
            load: {producers: 3, rate: 2000, body: 1K}
            """;
    private static final String REACTIONS = HEAD + """
            until: 300ms
            actions:
              - {when: {event: FORCE_BEGIN, number: 2}, do: [cutPower, reopen]}
              - {when: {flushBehind: more than 100K}, after: 150ms, do: {startLoad: {messages: 50}}}
            pictures:
              - {name: soon, at: 20ms}
              - {name: cut, when: {event: FORCE_BEGIN, number: 2}}
              - {name: never, when: {event: FORCE_FAILED}}
            breakpoints:
              - {when: {wrote: more than 50K}}
            """;

    private static Scenario scenario(String text) {
        return ScenarioReader.read("it.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static ScenarioOutcome played(Scenario scenario) {
        try (ScenarioRun run = ScenarioRun.start(scenario)) {
            return run.runToEnd();
        }
    }

    @Test
    void shouldDoWhatIsToBeDoneWhenSomethingHappens() {
        // when
        ScenarioOutcome outcome = played(scenario(REACTIONS));
        // then
        assertThat(outcome.crashes()).hasSize(1);
        assertThat(outcome.tally().forces()).isGreaterThanOrEqualTo(1);
        assertThat(outcome.recoveries()).hasSize(2);
        assertThat(outcome.phase()).isEqualTo(Phase.RUNNING);
        assertThat(outcome.clock().nanos()).isEqualTo(300_000_000);
        assertThat(outcome.clock().reason()).isEqualTo(End.REACHED);
        // the load before the crash, and the one that came after it
        assertThat(outcome.ledger().messages()).isBetween(200L, 350L);
        assertThat(outcome.notReached()).singleElement().asString().contains("FORCE_FAILED");
        assertThat(outcome.areAllPromisesKept()).isTrue();
    }

    @Test
    void shouldStopAtPicturesAndBreakpointsInTheOrderInWhichTheyCome() {
        // given
        List<String> stops = new ArrayList<>();
        try (ScenarioRun run = ScenarioRun.start(scenario(REACTIONS))) {
            // when
            Stop stop = run.run();
            while (!(stop instanceof Stop.Ended)) {
                stops.add(switch (stop) {
                    case Stop.AtPicture(Picture picture) -> picture.name();
                    case Stop.AtBreakpoint(Moment _) -> "breakpoint";
                    default -> stop.toString();
                });
                stop = run.run();
            }
        }
        // then
        assertThat(stops).containsExactly("soon", "breakpoint", "cut");
    }

    @Test
    void shouldBeTheSameRunWhereverItIsStopped() {
        // given
        ScenarioOutcome straight = played(scenario(REACTIONS));
        // when
        ScenarioOutcome stepped;
        try (ScenarioRun run = ScenarioRun.start(scenario(REACTIONS))) {
            Stop stop = run.run(Until.NEVER, 7);
            while (!(stop instanceof Stop.Ended)) {
                stop = run.run(Until.NEVER, 7);
            }
            stepped = run.outcome();
        }
        // then
        assertThat(stepped.traceHash()).isEqualTo(straight.traceHash());
        assertThat(stepped.platterHash()).isEqualTo(straight.platterHash());
        assertThat(stepped.ledger()).isEqualTo(straight.ledger());
    }

    @Test
    void shouldGiveTheSameRunFromTheFileThatIsSavedOfIt() {
        // given what was done by hand, and what the scenario does
        Scenario recorded;
        ScenarioOutcome played;
        try (ScenarioRun run = ScenarioRun.start(scenario(REACTIONS))) {
            run.run(Until.time(30_000_000), Long.MAX_VALUE);
            run.simulation().apply(new Action.Burst(0, 40));
            played = run.runToEnd();
            recorded = run.recorded();
        }
        // when
        ScenarioOutcome again = played(scenario(ScenarioWriter.text(recorded)));
        // then
        assertThat(again.traceHash()).isEqualTo(played.traceHash());
        assertThat(again.platterHash()).isEqualTo(played.platterHash());
        assertThat(again.traceHash()).isNotEqualTo(played(scenario(REACTIONS)).traceHash());
    }

    @Test
    void shouldSayThatSomethingCannotBeDoneAtItsMoment() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> played(scenario(HEAD + "until: 1s\nactions: [{at: 100ms, do: reopen}]\n")))
                .withMessageContaining("at 100,000,000 ns")
                .withMessageContaining("found it RUNNING");
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> played(scenario(
                        HEAD + "until: 1s\nactions: [{when: {event: FORCE_END}, do: {burst: {load: 7, messages: 1}}}]\n")))
                .withMessageContaining("expected a number from 0 to 0, found 7");
    }

    @Test
    void shouldEndWhereNothingCanHappenAnyMore() {
        // when
        ScenarioOutcome outcome = played(scenario(HEAD + "until: 10s\nactions: [{at: 100ms, do: cutPower}]\n"));
        // then
        assertThat(outcome.clock().reason()).isEqualTo(End.NOTHING_LEFT);
        assertThat(outcome.phase()).isEqualTo(Phase.CRASHED);
        assertThat(outcome.ledger().of(Fate.OPEN)).isPositive();
    }

    @Test
    void shouldDoAtOnceWhatWasToComeLaterWhereNothingHappensAnyMore() {
        // when
        ScenarioOutcome outcome = played(scenario(HEAD + """
                until: 10s
                actions:
                  - {when: {event: FORCE_END}, do: killJvm}
                  - {when: {event: FORCE_END}, after: 1s, do: reopen}
                """));
        // then
        assertThat(outcome.recoveries()).hasSize(2);
        assertThat(outcome.phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void shouldEndWhenItsConditionIsMet() {
        // when
        ScenarioOutcome outcome = played(scenario(HEAD + "until: {time: 10s, when: {messages: at least 100}}\n"));
        // then
        assertThat(outcome.ledger().messages()).isBetween(100L, 103L);
        assertThat(outcome.clock().nanos()).isLessThan(100_000_000);
    }

    @Test
    void shouldTellWhatWasExpectedAndDidNotCome() {
        // when
        ScenarioOutcome outcome = played(scenario(HEAD + "until: 100ms\nexpect: {crashes: 1, forces: at least 1}\n"));
        // then
        assertThat(outcome.unmet()).singleElement()
                .isEqualTo(new ScenarioOutcome.Unmet(
                        new Expectation(Figure.CRASHES, new Bound(Bound.Kind.EXACTLY, 1)), 0));
    }
}
