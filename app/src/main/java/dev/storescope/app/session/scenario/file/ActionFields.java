package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Entry;
import dev.storescope.app.session.scenario.file.YamlNode.Mapping;
import dev.storescope.app.session.scenario.file.YamlNode.Place;
import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.app.session.scenario.file.YamlNode.Sequence;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What is done to a world: a word such as `cutPower`, a word with what it needs such as `turnOn: stalledForce`, or a list
/// of those, which are done one after another.
final class ActionFields {
    private static final List<String> WORDS = List.of("killJvm", "cutPower", "reopen", "shutdown", "stopLoads",
            "turnOn",
            "turnOff", "startLoad", "updateLoad", "burst", "startConsumer",
            "updateConsumer", "stopConsumer", "resetConsumer", "rebuild", "reopenWith", "restartWith");
    private static final String EXPECTED = "an action: " + Fields.oneOf(WORDS);
    private static final int MOST_LOADS = 64;
    private static final int MOST_QUEUES = 65_535;

    private final Problems problems;
    private final MessageStoreConfig config;

    /// @param config of the scenario's store, from which other settings differ
    ActionFields(Problems problems, MessageStoreConfig config) {
        this.problems = problems;
        this.config = config;
    }

    List<Action> read(YamlNode node, String path) {
        if (node instanceof Sequence(Place _, List<YamlNode> items)) {
            List<Action> actions = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                readOne(items.get(i), "%s[%d]".formatted(path, i)).ifPresent(actions::add);
            }
            return actions;
        }
        return readOne(node, path).stream().toList();
    }

    private Optional<Action> readOne(YamlNode node, String path) {
        return switch (node) {
            case Scalar(Place place, String word) -> action(word, new Scalar(place, ""), place, path);
            case Mapping(Place _, List<Entry> entries) when entries.size() == 1 ->
                    action(entries.getFirst().name(), entries.getFirst().value(), entries.getFirst().place(), path);
            default -> {
                problems.add(node.place(), path, EXPECTED, node.kind());
                yield Optional.empty();
            }
        };
    }

    private Optional<Action> action(String word, YamlNode value, Place place, String path) {
        String at = path + "." + word;
        return switch (word) {
            case "killJvm" -> alone(value, at, new Action.KillJvm());
            case "cutPower" -> alone(value, at, new Action.CutPower());
            case "reopen" -> alone(value, at, new Action.Reopen());
            case "shutdown" -> alone(value, at, new Action.Shutdown());
            case "stopLoads" -> alone(value, at, new Action.StopLoads());
            case "turnOn" -> FaultFields.read(value, at, problems).map(Action.TurnOn::new);
            case "turnOff" -> FaultFields.read(value, at, problems).map(Action.TurnOff::new);
            case "startLoad" -> LoadFields.read(value, at, problems).map(Action.StartLoad::new);
            case "updateLoad" -> updateLoad(value, at);
            case "burst" -> burst(value, at);
            case "startConsumer" -> consumer(value, at).map(Action.StartConsumer::new);
            case "updateConsumer" -> consumer(value, at).map(Action.UpdateConsumer::new);
            case "stopConsumer" -> alone(value, at, new Action.StopConsumer());
            case "resetConsumer" -> reset(value, at).map(Action.ResetConsumer::new);
            case "rebuild" -> alone(value, at, new Action.Rebuild());
            case "reopenWith" -> Optional.of(new Action.ReopenWith(SettingFields.read(value, at, problems, config)));
            case "restartWith" -> Optional.of(new Action.RestartWith(SettingFields.read(value, at, problems, config)));
            default -> {
                problems.add(place, path, EXPECTED, "'" + Shortened.text(word) + "'", NearestWord.hint(word, WORDS));
                yield Optional.empty();
            }
        };
    }

    private Optional<Action> alone(YamlNode value, String path, Action action) {
        if (value instanceof Scalar(Place _, String text) && text.isEmpty()) {
            return Optional.of(action);
        }
        problems.add(value.place(), path, "nothing behind it", value.kind());
        return Optional.empty();
    }

    private Optional<Action> updateLoad(YamlNode value, String path) {
        return Fields.of(value, path, problems, "'load' (its number) and 'to' (a load)").flatMap(fields -> {
            int load = load(fields);
            Optional<LoadSpec> to = fields.node("to")
                    .flatMap(node -> LoadFields.read(node, fields.path("to"), problems));
            if (!fields.has("to")) {
                fields.missing("to", "the fields of a load");
            }
            fields.end();
            return to.map(spec -> new Action.UpdateLoad(load, spec));
        });
    }

    private Optional<Action> burst(YamlNode value, String path) {
        return Fields.of(value, path, problems, "'messages', and 'load' if it is not the first").flatMap(fields -> {
            int load = load(fields);
            int messages = (int) fields.number("messages", 1, 10_000_000, 0);
            if (!fields.has("messages")) {
                fields.missing("messages", "a number from 1 to 10000000");
            }
            fields.end();
            return messages == 0 ? Optional.<Action>empty() : Optional.of(new Action.Burst(load, messages));
        });
    }

    private Optional<ConsumeSpec> consumer(YamlNode value, String path) {
        return Fields.of(value, path, problems, "'topic', and 'queue', 'tags', 'pace' if wanted").flatMap(fields -> {
            if (!fields.has("topic")) {
                fields.missing("topic", "a topic of the load, such as topic-0");
            }
            Optional<String> topic = fields.text("topic");
            OptionalInt queue = fields.has("queue")
                    ? OptionalInt.of((int) fields.number("queue", 0, MOST_QUEUES, 0))
                    : OptionalInt.empty();
            String tags = fields.text("tags").orElse(ConsumeSpec.ALL_TAGS);
            int pace = (int) fields.number("pace", 1, ConsumeSpec.MOST_PER_SECOND,
                    ConsumeSpec.NOTHING.messagesPerSecond());
            fields.end();
            return topic.map(name -> new ConsumeSpec(name, queue, pace, tags));
        });
    }

    private Optional<Reset> reset(YamlNode value, String path) {
        if (value instanceof Scalar(Place _, String text)) {
            for (Reset to : Reset.values()) {
                if (to.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return Optional.of(to);
                }
            }
        }
        problems.add(value.place(), path, "'min' or 'max'", value instanceof Scalar(Place _, String text)
                ? "'" + Shortened.text(text) + "'"
                : value.kind());
        return Optional.empty();
    }

    /// In the order in which they were started, from 0.
    private static int load(Fields fields) {
        return (int) fields.number("load", 0, MOST_LOADS, 0);
    }

    /// @param config of the scenario's store
    static Object write(Action action, MessageStoreConfig config) {
        return switch (action) {
            case Action.KillJvm() -> "killJvm";
            case Action.CutPower() -> "cutPower";
            case Action.Reopen() -> "reopen";
            case Action.Shutdown() -> "shutdown";
            case Action.StopLoads() -> "stopLoads";
            case Action.TurnOn(var fault) -> Map.of("turnOn", FaultFields.write(fault));
            case Action.TurnOff(var fault) -> Map.of("turnOff", FaultFields.write(fault));
            case Action.StartLoad(var load) -> Map.of("startLoad", LoadFields.write(load));
            case Action.UpdateLoad(int index, var load) ->
                    Map.of("updateLoad", pair("load", index, "to", LoadFields.write(load)));
            case Action.Burst(int index, int messages) ->
                    Map.of("burst", pair("load", index, "messages", messages));
            case Action.StartConsumer(var consumer) -> Map.of("startConsumer", write(consumer));
            case Action.UpdateConsumer(var consumer) -> Map.of("updateConsumer", write(consumer));
            case Action.StopConsumer() -> "stopConsumer";
            case Action.ResetConsumer(var to) -> Map.of("resetConsumer", to.name().toLowerCase(Locale.ROOT));
            case Action.Rebuild() -> "rebuild";
            case Action.ReopenWith(var other) -> Map.of("reopenWith", SettingFields.write(other, config));
            case Action.RestartWith(var other) -> Map.of("restartWith", SettingFields.write(other, config));
        };
    }

    private static Map<String, Object> write(ConsumeSpec consumer) {
        Map<String, Object> fields = pair("topic", consumer.topic(), "pace", consumer.messagesPerSecond());
        consumer.queueId().ifPresent(queue -> fields.put("queue", queue));
        if (!consumer.tags().equals(ConsumeSpec.ALL_TAGS)) {
            fields.put("tags", consumer.tags());
        }
        return fields;
    }

    private static Map<String, Object> pair(String first, Object firstValue, String second, Object secondValue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(first, firstValue);
        fields.put(second, secondValue);
        return fields;
    }
}
