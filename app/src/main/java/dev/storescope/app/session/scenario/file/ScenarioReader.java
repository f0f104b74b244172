package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Clip;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Expectation;
import dev.storescope.app.session.scenario.Figure;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.Reaction;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.Words;
import dev.storescope.app.session.scenario.file.YamlNode.Place;
import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.disk.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads scenario files, and tells everything that is wrong in one.
public final class ScenarioReader {
    /// The version of the format that is read and written.
    public static final int VERSION = 1;
    static final int MAX_FILE_BYTES = 1 << 20;

    private static final int MOST_LOADS = 16;
    private static final int MOST_ACTIONS = 10_000;
    private static final int MOST_MOMENTS = 1_000;

    private final Problems problems = new Problems();

    private ScenarioReader() {
    }

    /// Throws [ScenarioFileException] with everything that is wrong in the file, [IOException] when it cannot be read.
    public static Scenario read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in.readNBytes(MAX_FILE_BYTES + 1));
        }
    }

    /// @param name of the file, for messages
    public static Scenario read(String name, byte[] bytes) {
        ScenarioReader reader = new ScenarioReader();
        Optional<Scenario> scenario = reader.text(bytes)
                .flatMap(text -> YamlTree.read(text, reader.problems))
                .flatMap(root -> Fields.of(root, "", reader.problems, "a scenario, which begins with 'storescope: 1'"))
                .flatMap(reader::scenario);
        if (scenario.isEmpty() || !reader.problems.isEmpty()) {
            throw new ScenarioFileException(name, reader.problems.all());
        }
        return scenario.get();
    }

    private Optional<String> text(byte[] bytes) {
        if (bytes.length > MAX_FILE_BYTES) {
            problems.add(Place.BEGIN, "", "a scenario of at most %,d bytes".formatted(MAX_FILE_BYTES), "more");
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            problems.add(Place.BEGIN, "", "text in UTF-8", "other bytes");
            return Optional.empty();
        }
    }

    private Optional<Scenario> scenario(Fields fields) {
        if (!isVersionKnown(fields)) {
            return Optional.empty();
        }
        Words title = words(fields, "title");
        Words notes = words(fields, "notes");
        long seed = fields.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1);
        MessageStoreConfig defaults = MessageStoreConfig.builder(Scenario.DIRECTORY).build();
        SimulationSpec.Builder spec = SimulationSpec.builder(defaults)
                .seed(seed)
                .model(WorldFields.read(fields, "world"));
        MessageStoreConfig config = fields.node("settings")
                .map(node -> SettingFields.read(node, "settings", problems, defaults))
                .orElse(defaults);
        spec.config(config).loads(loads(fields, config));
        List<Reaction> reactions = new ArrayList<>();
        spec.actions(actions(fields, config, reactions));
        Ending until = until(fields);
        List<Moment> breakpoints = fields.list("breakpoints", MOST_MOMENTS, this::moment);
        List<Picture> pictures = fields.list("pictures", MOST_MOMENTS,
                (item, path) -> PictureFields.read(item, path, problems));
        List<Clip> clips = fields.list("clips", MOST_MOMENTS,
                (item, path) -> PictureFields.readClip(item, path, problems));
        List<Expectation> expectations = expectations(fields);
        fields.end();
        return Optional.of(new Scenario(title, notes, spec.build(), reactions, until, breakpoints, pictures, clips,
                expectations));
    }

    private boolean isVersionKnown(Fields fields) {
        if (!fields.has("storescope")) {
            fields.missing("storescope", "the version of the format, %d".formatted(VERSION));
            return false;
        }
        return fields.number("storescope", VERSION, VERSION, 0) == VERSION;
    }

    private Words words(Fields fields, String name) {
        Optional<YamlNode> node = fields.node(name);
        if (node.isEmpty()) {
            return Words.NONE;
        }
        if (node.get() instanceof Scalar(Place _, String text)) {
            return Words.english(text);
        }
        return Fields.of(node.get(), name, problems, "a text, or texts by language (en, zh_CN)").map(texts -> {
            String english = texts.text("en").orElse("");
            Optional<String> chinese = texts.text("zh_CN");
            texts.end();
            return new Words(english, chinese);
        }).orElse(Words.NONE);
    }

    private List<LoadSpec> loads(Fields fields, MessageStoreConfig config) {
        List<LoadSpec> loads = new ArrayList<>();
        fields.node("load").flatMap(node -> LoadFields.read(node, "load", problems)).ifPresent(loads::add);
        if (fields.has("load") && fields.has("loads")) {
            problems.add(fields.place(), "", "'load' or 'loads'", "both");
        }
        loads.addAll(fields.list("loads", MOST_LOADS, (item, path) -> LoadFields.read(item, path, problems)));
        loads.forEach(load -> LoadFields.refuseWhatNoStoreTakes(load, config, fields,
                fields.has("load") ? "load" : "loads"));
        return loads;
    }

    /// @param reactions takes those that have no known time
    private List<ScheduledAction> actions(Fields fields, MessageStoreConfig config, List<Reaction> reactions) {
        List<ScheduledAction> actions = new ArrayList<>();
        List<Fault> faults = fields.list("faults", MOST_ACTIONS,
                (item, path) -> FaultFields.read(item, path, problems));
        faults.forEach(fault -> actions.add(ScheduledAction.atTime(0, new Action.TurnOn(fault))));
        ActionFields reader = new ActionFields(problems, config);
        fields.list("actions", MOST_ACTIONS, (item, path) -> Fields.of(item, path, problems,
                "a moment and what is done, such as 'at: 250ms' and 'do: cutPower'").map(of -> {
                    read(of, reader, actions, reactions);
                    return item;
                }));
        return actions;
    }

    private static void read(Fields fields, ActionFields reader, List<ScheduledAction> actions,
            List<Reaction> reactions) {
        Optional<Moment> moment = MomentFields.read(fields);
        List<Action> todo = fields.node("do").map(node -> reader.read(node, fields.path("do"))).orElse(List.of());
        if (!fields.has("do")) {
            fields.missing("do", "an action, such as cutPower");
        }
        fields.end();
        moment.ifPresent(it -> {
            switch (it) {
                case Moment.AtTime(long nanos) ->
                        todo.forEach(action -> actions.add(ScheduledAction.atTime(nanos, action)));
                case Moment.AtStep(long step, long nanos) -> todo.forEach(action -> actions.add(
                        new ScheduledAction(new ScheduledAction.AtStep(step, nanos), action)));
                case Moment.When when -> reactions.add(new Reaction(when, todo));
            }
        });
    }

    private Ending until(Fields fields) {
        Optional<YamlNode> node = fields.node("until");
        if (node.isEmpty()) {
            fields.missing("until", Durations.FORM + ", at which the run ends");
            return Ending.atTime(0);
        }
        if (node.get() instanceof Scalar) {
            return Ending.atTime(fields.nanos("until", 0, Durations.LONGEST_NS, 0));
        }
        return Fields.of(node.get(), "until", problems, Durations.FORM).map(this::ending).orElse(Ending.atTime(0));
    }

    private Ending ending(Fields fields) {
        if (!fields.has("time")) {
            fields.missing("time", Durations.FORM + ", at which the run ends at the latest");
        }
        long nanos = fields.nanos("time", 0, Durations.LONGEST_NS, 0);
        long step = fields.number("step", 0, Ending.NO_STEP, Ending.NO_STEP);
        Optional<Condition> condition = fields.node("when")
                .flatMap(node -> MomentFields.condition(node, fields.path("when"), problems));
        fields.end();
        return new Ending(nanos, step, condition);
    }

    private Optional<Moment> moment(YamlNode node, String path) {
        return Fields.of(node, path, problems, "a moment, such as 'at: 250ms'").flatMap(fields -> {
            Optional<Moment> moment = MomentFields.read(fields);
            fields.end();
            return moment;
        });
    }

    private List<Expectation> expectations(Fields fields) {
        List<Expectation> expectations = new ArrayList<>();
        fields.node("expect")
                .flatMap(node -> Fields.of(node, "expect", problems, "figures, such as 'acknowledgedLost: 0'"))
                .ifPresent(of -> {
                    for (Figure figure : Figure.values()) {
                        Optional<Bound> bound = MomentFields.bound(of, figure.word(), figure.measure());
                        bound.ifPresent(it -> expectations.add(new Expectation(figure, it)));
                    }
                    of.end();
                });
        return expectations;
    }
}
