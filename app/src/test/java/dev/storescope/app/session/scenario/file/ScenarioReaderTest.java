package dev.storescope.app.session.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Expectation;
import dev.storescope.app.session.scenario.Figure;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.session.scenario.Reaction;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.text.Language;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {
    private static final String LEAST = "storescope: 1\nuntil: 1s\n";

    private static final String ODD = " \n:-[]{}&*!|>'\"%@`#,0x";

    private static Scenario read(String text) {
        return ScenarioReader.read("it.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(ScenarioFileException.class, () -> read(text)).problems()
                .stream()
                .map(ScenarioProblem::text)
                .toList();
    }

    @Test
    void shouldReadEverythingThatAScenarioCanSay() {
        // when
        Scenario scenario = read("""
                storescope: 1
                title: {en: A title, zh_CN: 标题}
                notes: |
                  Two
                  lines
                seed: -3
                world: {like: sata-ssd, name: mine, force: 3.5ms, tailFactor: 20, capacity: 4G}
                settings:
                  flushDiskType: SYNC_FLUSH
                  mappedFileSizeCommitLog: 64K
                loads:
                  - producers: 16
                    rate: 5000
                    body: 100-4K
                    tags: 3
                    keys: true
                    messages: 1_000
                  - ramp: {from: 0, to: 4000, overSeconds: 10}
                    body: {distribution: logUniform, min: 10, max: 1K}
                    seconds: 0.25
                    minFree: 7
                    waitStoreMsgOk: false
                faults:
                  - slowForce: {extra: 20ms}
                actions:
                  - at: 250ms
                    do: [cutPower, reopen]
                  - atStep: 4711
                    do: {burst: {messages: 100}}
                  - when: {flushBehind: more than 64K}
                    after: 3us
                    do: {turnOn: {heldService: {service: ReputMessageService}}}
                  - at: 1s
                    do: {restartWith: {flushDiskType: ASYNC_FLUSH}}
                until: {time: 2s, when: {event: FORCE_FAILED, thread: GroupCommitService, number: 2}}
                breakpoints:
                  - at: 0
                  - when: {requestsWrite: ">= 8"}
                pictures:
                  - {name: first-force, when: {event: FORCE_BEGIN}}
                expect:
                  acknowledgedLost: 0
                  longestPut: less than 1s
                """);
        // then
        assertThat(scenario.title().in(Language.CHINESE)).isEqualTo("标题");
        assertThat(scenario.notes().in(Language.CHINESE)).isEqualTo("Two\nlines\n");
        assertThat(scenario.spec().seed()).isEqualTo(-3);
        assertThat(scenario.spec().model().forceNs()).isEqualTo(3_500_000);
        assertThat(scenario.spec().model().capacityBytes()).isEqualTo(4L << 30);
        assertThat(scenario.spec().model().createNs()).isEqualTo(DiskModel.SATA_SSD.createNs());
        assertThat(scenario.spec().config().flushDiskType()).isEqualTo(FlushDiskType.SYNC_FLUSH);
        assertThat(scenario.spec().config().mappedFileSizeCommitLog()).isEqualTo(65_536);
        LoadSpec first = scenario.spec().loads().getFirst();
        assertThat(first.producers()).isEqualTo(16);
        assertThat(first.pacing()).isEqualTo(new Pacing.Constant(5000));
        assertThat(first.body()).isEqualTo(new BodySize.Uniform(100, 4096));
        assertThat(first.limits().messages()).isEqualTo(1000);
        LoadSpec second = scenario.spec().loads().getLast();
        assertThat(second.pacing()).isEqualTo(new Pacing.Ramp(0, 4000, 10));
        assertThat(second.body()).isEqualTo(new BodySize.LogUniform(10, 1024));
        assertThat(second.limits().durationNs()).isEqualTo(250_000_000);
        assertThat(second.limits().minFreeDiskRatio()).isEqualTo(0.07);
        assertThat(scenario.spec().actions()).containsExactly(
                ScheduledAction.atTime(0, new Action.TurnOn(new Fault.SlowForce(20_000_000))),
                ScheduledAction.atTime(250_000_000, new Action.CutPower()),
                ScheduledAction.atTime(250_000_000, new Action.Reopen()),
                ScheduledAction.atStep(4711, new Action.Burst(0, 100)),
                ScheduledAction.atTime(1_000_000_000, new Action.RestartWith(scenario.spec()
                        .config()
                        .toBuilder()
                        .set("flushDiskType", "ASYNC_FLUSH")
                        .build())));
        assertThat(scenario.reactions()).containsExactly(new Reaction(
                new Moment.When(new Condition.StateIs(Quantity.FLUSH_BEHIND, new Bound(Bound.Kind.MORE_THAN, 65_536)),
                        3_000),
                List.of(new Action.TurnOn(new Fault.HeldService("ReputMessageService")))));
        assertThat(scenario.until()).isEqualTo(new Ending(2_000_000_000, Ending.NO_STEP, Optional.of(
                new Condition.EventIs(ProbePoint.FORCE_FAILED, Optional.of("GroupCommitService"), 2))));
        assertThat(scenario.breakpoints()).containsExactly(new Moment.AtTime(0), new Moment.When(
                new Condition.StateIs(Quantity.REQUESTS_WRITE, new Bound(Bound.Kind.AT_LEAST, 8)), 0));
        assertThat(scenario.pictures()).containsExactly(new Picture("first-force",
                new Moment.When(new Condition.EventIs(ProbePoint.FORCE_BEGIN, Optional.empty(), 1), 0), View.USUAL));
        assertThat(scenario.expectations()).containsExactlyInAnyOrder(
                new Expectation(Figure.ACKNOWLEDGED_LOST, new Bound(Bound.Kind.EXACTLY, 0)),
                new Expectation(Figure.LONGEST_PUT, new Bound(Bound.Kind.LESS_THAN, 1_000_000_000)));
    }

    @Test
    void shouldTellEverythingThatIsWrongWithLineColumnAndField() {
        // when
        List<String> problems = problems("""
                storescope: 1
                wrld: nvme
                world: nmve
                settings:
                  flushDiskTyp: SYNC_FLUSH
                  syncFlushTimeout: 0
                loads:
                  - producers: 300
                    body: 1Q
                actions:
                  - at: 250
                    do: cut-power
                until: 1s
                expect:
                  acknowledgedLost: some
                """);
        // then
        assertThat(problems).hasSize(9);
        assertThat(problems.get(0)).startsWith("2:1: wrld: expected one of storescope, title,")
                .endsWith("found an unknown field; did you mean 'world'?");
        assertThat(problems.get(1)).startsWith("3:8: world: expected one of nvme, sata-ssd, hard-disk, network-volume,")
                .endsWith("found 'nmve'; did you mean 'nvme'?");
        assertThat(problems.get(2))
                .isEqualTo("5:3: settings.flushDiskTyp: expected a setting of the store by RocketMQ's"
                        + " name, found no such name; did you mean 'flushDiskType'?");
        assertThat(problems.get(3)).isEqualTo("6:21: settings.syncFlushTimeout: expected 1 to 600000 ms, found '0'");
        assertThat(problems.get(4)).isEqualTo(
                "8:16: loads[0].producers: expected a number from 1 to 256, found '300'");
        assertThat(problems.get(5)).isEqualTo(
                "9:11: loads[0].body: expected a size such as 1K, or two such as 100-4K, found '1Q'");
        assertThat(problems.get(6)).startsWith("11:9: actions[0].at: expected a time such as 250ms,")
                .endsWith("found '250'");
        assertThat(problems.get(7)).startsWith("12:9: actions[0].do: expected an action:")
                .endsWith("found 'cut-power'; did you mean 'cutPower'?");
        assertThat(problems.get(8)).startsWith("15:21: expect.acknowledgedLost: expected a number, alone or after")
                .endsWith("found 'some'");
    }

    @Test
    void shouldNameTheFileBeforeEachProblem() {
        assertThatExceptionOfType(ScenarioFileException.class).isThrownBy(() -> read("storescope: 1\nseed: x\n"))
                .withMessageContaining("it.yaml:2:7: seed: expected a number")
                .withMessageContaining("it.yaml:1:1: until: expected a time");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "seed: 1                                | storescope: expected the version of the format, 1, found nothing",
        "storescope: 2                          | 1:13: storescope: expected a number from 1 to 1, found '2'",
        "just a text                            | 1:1: expected a scenario, which begins with 'storescope: 1', found 'just a text'",
        "[1, 2]                                 | found a list"})
    void shouldRefuseWhatIsNoScenarioOfThisVersion(String text, String expected) {
        assertThat(problems(text)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "load: {rate: 1, bursts: {messages: 1, everySeconds: 1}} | at most one of rate, ramp, steps, bursts, found rate and bursts",
        "load: {bursts: {messages: 1}}                | load.bursts.everySeconds: expected a number, found nothing",
        "load: {body: 65M}                            | load.body: expected a size",
        "load: {producers: 256, batch: 1024, body: 1M} | producers x batch x longest body",
        "load: {body: 5M}                             | at most 4194304 bytes for all bodies of a put (maxMessageSize), found 5242880",
        "load: {speed: 1}                             | load.speed: expected one of producers, rate,",
        "faults: [stalledFroce]                       | did you mean 'stalledForce'?",
        "faults: [{slowForce: {}}]                    | faults[0].slowForce.extra: expected a value, found nothing",
        "faults: [{heldService: {service: Reput}}]    | faults[0].heldService.service: expected one of AllocateMappedFileService,",
        "faults: stalledForce                         | faults: expected a list, with '- ' before each item, found 'stalledForce'",
        "actions: [{do: cutPower}]                    | actions[0]: expected one of at, atStep, when, found none",
        "actions: [{at: 1s, atStep: 3, do: cutPower}] | found at and atStep",
        "actions: [{at: 1s}]                          | actions[0].do: expected an action",
        "actions: [{at: 1s, after: 2s, do: reopen}]   | actions[0].after: expected 'when' beside it, found at",
        "actions: [{at: 1s, do: {cutPower: now}}]     | actions[0].do.cutPower: expected nothing behind it, found 'now'",
        "actions: [{when: {event: FORCE}, do: reopen}] | actions[0].when.event: expected one of PUT_BEGIN,",
        "actions: [{when: {flushBehind: 1, wrote: 2}, do: reopen}] | found several",
        "pictures: [{name: ../x, at: 1s}]             | pictures[0].name: expected small letters, digits and dashes",
        "expect: {lost: 0}                            | expect.lost: expected one of messages,",
        "seed: 99999999999999999999999                | seed: expected a number",
        "world: {force: 2h}                           | world.force: expected a time",
        "title: {fr: bonjour}                         | title.fr: expected one of en, zh_CN, found an unknown field"})
    void shouldSayWhatIsWrongWithAField(String line, String expected) {
        assertThat(problems(LEAST + line)).anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void shouldSayThatAFieldStandsTwice() {
        assertThat(problems(LEAST + "seed: 1\nseed: 2\n")).containsExactly(
                "4:1: seed: expected each field once, found it again, after line 3");
    }

    @Test
    void shouldSayWhereItIsNoYaml() {
        assertThat(problems(LEAST + "title: \"no end\n")).singleElement().asString().contains("expected YAML");
        assertThat(problems(LEAST + "expect:\n  acknowledgedLost: >0\n")).singleElement()
                .asString()
                .startsWith("4:")
                .endsWith("a text that begins with > or | needs quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes: &a [x]\ntitle: *a\n", "title: &a x\nnotes: *a\n", "title: !!java.io.File x\n",
        "notes: *unknown\n"})
    void shouldRefuseAnchorsAliasesAndTags(String lines) {
        assertThat(problems(LEAST + lines)).hasSize(1);
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeepOrTooLong() {
        // given
        String deep = LEAST + "title: " + "[".repeat(100_000);
        String flow = LEAST + "title: " + "{a: ".repeat(50) + "1" + "}".repeat(50) + "\n";
        String wide = LEAST + "actions: [" + "x,".repeat(50_000) + "x]\n";
        String big = LEAST + "# " + "x".repeat(ScenarioReader.MAX_FILE_BYTES);
        // then
        assertThat(List.of(deep, flow, wide, big)).allSatisfy(text -> assertThat(problems(text)).hasSize(1));
    }

    @Test
    void shouldShortenWhatItFindsInMessages() {
        assertThat(problems(LEAST + "seed: " + "9".repeat(100_000) + "\n")).singleElement()
                .asString()
                .hasSizeLessThan(300);
    }

    @Test
    void shouldRefuseAnythingElseCalmly() {
        // given
        long seed = 20_260_101;
        Random random = new Random(seed);
        byte[] sound = ScenarioWriter.text(read(LEAST + "load: {rate: 3}\nactions: [{at: 1s, do: cutPower}]\n"))
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = sound.clone();
            for (int j = 0; j <= random.nextInt(6); j++) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) == 0
                        ? random.nextInt(256)
                        : ODD.charAt(random.nextInt(ODD.length())));
            }
            // then it reads as something, or is refused with a reason
            List<ScenarioProblem> problems = new ArrayList<>();
            try {
                ScenarioReader.read("it.yaml", bytes);
            } catch (ScenarioFileException e) {
                problems.addAll(e.problems());
                assertThat(problems).as("seed %d, file %d", seed, i).isNotEmpty();
            }
        }
    }
}
