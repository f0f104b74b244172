package dev.storescope.app.session.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Clip;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Expectation;
import dev.storescope.app.session.scenario.Figure;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.session.scenario.Reaction;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.session.scenario.Words;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Fault.Where;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioWriterTest {
    private static final MessageStoreConfig CONFIG = MessageStoreConfig.builder(Scenario.DIRECTORY)
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
            .build();

    private static Scenario again(Scenario scenario) {
        return ScenarioReader.read("again.yaml", ScenarioWriter.text(scenario).getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> shipped() {
        return ShippedScenarios.names().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shouldWriteEachShippedScenarioWithoutLoss(String name) {
        Scenario scenario = ShippedScenarios.named(name).orElseThrow();

        assertThat(again(scenario)).isEqualTo(scenario);
    }

    @Test
    void shouldWriteEveryKindOfActionWithoutLoss() {
        // given
        LoadSpec load = LoadSpec.builder().producers(3).pacing(new Pacing.Bursts(7, 0.1)).build();
        MessageStoreConfig other = CONFIG.toBuilder().set("flushDiskType", "SYNC_FLUSH").build();
        List<Action> actions = List.of(new Action.KillJvm(), new Action.CutPower(), new Action.Reopen(),
                new Action.Shutdown(), new Action.StopLoads(), new Action.StartLoad(load),
                new Action.StartConsumer(new ConsumeSpec("orders", OptionalInt.of(2), 40, "a || b")),
                new Action.UpdateConsumer(new ConsumeSpec("orders", OptionalInt.empty(), 50, "*")),
                new Action.StopConsumer(), new Action.ResetConsumer(Reset.MAX), new Action.Rebuild(),
                new Action.UpdateLoad(2, load), new Action.Burst(1, 99), new Action.ReopenWith(other),
                new Action.RestartWith(MessageStoreConfig.builder(Scenario.DIRECTORY).build()),
                new Action.TurnOff(new Fault.StalledForce()));
        List<ScheduledAction> scheduled = new ArrayList<>();
        actions.forEach(action -> scheduled.add(ScheduledAction.atStep(scheduled.size(), action)));
        faults().forEach(fault -> scheduled.add(ScheduledAction.atTime(123_456_789, new Action.TurnOn(fault))));
        scheduled.add(new ScheduledAction(new ScheduledAction.AtStep(17, 1_234_567), new Action.StopLoads()));
        scheduled.addFirst(ScheduledAction.atTime(0, new Action.TurnOn(new Fault.SlowForce(1))));
        Scenario scenario = Scenario.of(SimulationSpec.builder(CONFIG).actions(scheduled).build(), Ending.atTime(1));
        // then
        assertThat(again(scenario)).isEqualTo(scenario);
    }

    private static List<Fault> faults() {
        return List.of(new Fault.SlowForce(1_234_567), new Fault.StalledForce(),
                new Fault.FailingForce(Where.COMMIT_LOG, 3, 1), new Fault.FailingWrite(Where.INDEX, 0, Fault.FOR_EVER),
                new Fault.ShortWrite(Where.ANY_FILE, 1, 2), new Fault.DiskFull(3 << 20),
                new Fault.FailingMapping(Where.CONSUME_QUEUES, 2, 2), new Fault.SlowAllocation(40_000_000),
                new Fault.NoLockPrivilege(), new Fault.ClockJump(-60_000),
                new Fault.HeldService("ReputMessageService"), new Fault.FailingForce(Where.CHECKPOINT, 0, 7));
    }

    @Test
    void shouldWriteWhateverIsSaidInWords() {
        List<String> odd = List.of("true", "null", "~", "12", "1e3", "- a", "a: b", "# no comment", " lead", "trail ",
                "two\nlines", "end\n\n", "'quoted\"", "标题", "%tab\t", "yes", "0x1F", "[", "&a", "*a", "!", ">0", "|",
                "@");
        for (String text : odd) {
            Scenario scenario = Scenario.of(SimulationSpec.builder(CONFIG).build(), Ending.atTime(1))
                    .withTitle(Words.english(text), new Words(text, Optional.of(text)));

            assertThat(again(scenario)).as("«%s»", text).isEqualTo(scenario);
        }
    }

    @Test
    void shouldWriteWhateverCanBeSetWithoutLoss() {
        long seed = 4_711;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Scenario scenario = random(random);

            assertThat(again(scenario)).as("seed %d, scenario %d:%n%s", seed, i, ScenarioWriter.text(scenario))
                    .isEqualTo(scenario);
        }
    }

    private static Scenario random(Random random) {
        SimulationSpec.Builder spec = SimulationSpec.builder(CONFIG)
                .seed(random.nextLong())
                .model(random.nextBoolean()
                        ? DiskModel.HARD_DISK
                        : DiskModel.measured(random.nextInt(1, 1 << 30), random.nextLong(1, 1L << 40),
                                random.nextDouble(), random.nextInt(1 << 30), random.nextInt(1 << 30)));
        for (int i = random.nextInt(3); i > 0; i--) {
            spec.load(load(random));
        }
        spec.atStep(random.nextLong(1L << 40), new Action.StartLoad(load(random)));
        List<Reaction> reactions = List.of(new Reaction(when(random), List.of(new Action.CutPower(),
                new Action.Reopen())));
        List<Expectation> expectations = List.of(new Expectation(any(Figure.values(), random), bound(random)));
        return new Scenario(Words.NONE, Words.NONE, spec.build(), reactions,
                new Ending(random.nextLong(1L << 45), random.nextLong(Long.MAX_VALUE), Optional.of(when(random)
                        .condition())),
                List.of(when(random), new Moment.AtStep(random.nextLong(1L << 40), random.nextInt(2))),
                List.of(new Picture("p-" + random.nextInt(9), new Moment.AtTime(random.nextLong(1L << 45)),
                        view(random))),
                List.of(new Clip("c-" + random.nextInt(9), when(random), 1 + random.nextLong(1L << 40),
                        1 + random.nextInt(99), 1 + random.nextInt(20), random.nextInt(2_000),
                        List.of("flush", "commit-log").subList(0, random.nextInt(3)), view(random))),
                expectations);
    }

    private static View view(Random random) {
        return View.USUAL.with(any(View.Shows.values(), random))
                .with(any(Theme.values(), random))
                .with(any(Language.values(), random))
                .withSize(random.nextInt(View.LEAST_PIXELS, View.MOST_PIXELS), View.MOST_PIXELS)
                .withTextSizePercent(random.nextInt(View.LEAST_TEXT_PERCENT, View.MOST_TEXT_PERCENT))
                .withScale(random.nextInt(1, 8) / 2.0);
    }

    private static Moment.When when(Random random) {
        Condition condition = random.nextBoolean()
                ? new Condition.StateIs(any(Quantity.values(), random), bound(random))
                : new Condition.EventIs(any(ProbePoint.values(), random),
                        random.nextBoolean() ? Optional.of("producer-1") : Optional.empty(), random.nextInt(1, 5));
        return new Moment.When(condition, random.nextBoolean() ? 0 : random.nextLong(1L << 45));
    }

    private static Bound bound(Random random) {
        return new Bound(any(Bound.Kind.values(), random), random.nextLong(1L << random.nextInt(1, 50)));
    }

    private static LoadSpec load(Random random) {
        List<Pacing> pacings = List.of(new Pacing.ClosedLoop(), new Pacing.Constant(random.nextDouble(1e6)),
                new Pacing.Ramp(random.nextDouble(1e6), random.nextDouble(1e6), random.nextDouble(1, 1000)),
                new Pacing.Steps(1e6, -random.nextDouble(1000), random.nextDouble(1, 1000), random.nextInt(1, 100)),
                new Pacing.Bursts(random.nextInt(1, 1000), random.nextDouble(1, 1000)));
        List<BodySize> bodies = List.of(new BodySize.Fixed(random.nextInt(9000)),
                new BodySize.Uniform(random.nextInt(1000), 1000 + random.nextInt(9000)),
                new BodySize.LogUniform(random.nextInt(1000), 1000 + random.nextInt(9000)));
        return LoadSpec.builder()
                .producers(random.nextInt(1, 257))
                .pacing(pacings.get(random.nextInt(pacings.size())))
                .body(bodies.get(random.nextInt(bodies.size())))
                .topics(random.nextInt(1, 10))
                .queuesPerTopic(random.nextInt(1, 10))
                .keys(random.nextBoolean())
                .tags(random.nextInt(5))
                .extraPropertyBytes(random.nextInt(2000))
                .batchSize(random.nextInt(1, 4))
                .waitStoreMsgOk(random.nextBoolean())
                .maxLatenessNs(random.nextLong(3_600_000_000_000L))
                .limits(new LoadLimits(random.nextLong(1, Long.MAX_VALUE), random.nextLong(1, 1L << 40),
                        random.nextLong(1, Long.MAX_VALUE), random.nextInt(101) / 100.0))
                .seed(random.nextLong())
                .build();
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
