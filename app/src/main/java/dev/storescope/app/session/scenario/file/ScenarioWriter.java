package dev.storescope.app.session.scenario.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Reaction;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.Words;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes scenarios as [ScenarioReader] reads them: what is read again is equal.
public final class ScenarioWriter {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .build());

    private ScenarioWriter() {
    }

    public static void write(Scenario scenario, Path file) throws IOException {
        Files.writeString(file, text(scenario));
    }

    public static String text(Scenario scenario) {
        try {
            return YAML.writeValueAsString(fields(scenario));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("scenario: expected to be writable, found " + e.getMessage(), e);
        }
    }

    /// An action in one line, in the words of a file.
    ///
    /// @param config of the scenario's store
    public static String text(Action action, MessageStoreConfig config) {
        Object written = ActionFields.write(action, config);
        String text = line(written);
        return written instanceof Map ? text.substring(1, text.length() - 1) : text;
    }

    private static String line(Object value) {
        return switch (value) {
            case Map<?, ?> fields -> fields.entrySet()
                    .stream()
                    .map(field -> field.getKey() + ": " + line(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case List<?> items -> items.stream()
                    .map(ScenarioWriter::line)
                    .collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static Map<String, Object> fields(Scenario scenario) {
        SimulationSpec spec = scenario.spec();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("storescope", ScenarioReader.VERSION);
        words(scenario.title(), "title", fields);
        words(scenario.notes(), "notes", fields);
        fields.put("seed", spec.seed());
        fields.put("world", WorldFields.write(spec.model()));
        putAll("settings", SettingFields.write(spec.config(), MessageStoreConfig.builder(Scenario.DIRECTORY).build()),
                fields);
        putAll("loads", spec.loads().stream().map(LoadFields::write).toList(), fields);
        int faults = faultsFromTheBeginning(spec.actions());
        putAll("faults", spec.actions().subList(0, faults).stream().map(ScenarioWriter::fault).toList(), fields);
        putAll("actions", actions(spec.actions().subList(faults, spec.actions().size()), scenario), fields);
        fields.put("until", until(scenario.until()));
        putAll("breakpoints", scenario.breakpoints().stream().map(MomentFields::write).toList(), fields);
        putAll("pictures", scenario.pictures().stream().map(PictureFields::write).toList(), fields);
        putAll("clips", scenario.clips().stream().map(PictureFields::write).toList(), fields);
        Map<String, Object> expected = new LinkedHashMap<>();
        scenario.expectations()
                .forEach(each -> expected.put(each.figure().word(),
                        MomentFields.write(each.bound(), each.figure().measure())));
        putAll("expect", expected, fields);
        return fields;
    }

    private static void putAll(String name, Map<String, Object> values, Map<String, Object> fields) {
        if (!values.isEmpty()) {
            fields.put(name, values);
        }
    }

    private static void putAll(String name, List<?> values, Map<String, Object> fields) {
        if (!values.isEmpty()) {
            fields.put(name, values);
        }
    }

    private static void words(Words words, String name, Map<String, Object> fields) {
        if (words.chinese().isPresent()) {
            Map<String, Object> texts = new LinkedHashMap<>();
            if (!words.english().isEmpty()) {
                texts.put("en", words.english());
            }
            texts.put("zh_CN", words.chinese().get());
            fields.put(name, texts);
        } else if (!words.english().isEmpty()) {
            fields.put(name, words.english());
        }
    }

    private static int faultsFromTheBeginning(List<ScheduledAction> actions) {
        int count = 0;
        while (count < actions.size()
                && actions.get(count) instanceof ScheduledAction(ScheduledAction.AtTime(long nanos), Action.TurnOn _)
                && nanos == 0) {
            count++;
        }
        return count;
    }

    private static Object fault(ScheduledAction action) {
        return FaultFields.write(((Action.TurnOn) action.action()).fault());
    }

    private static List<Object> actions(List<ScheduledAction> scheduled, Scenario scenario) {
        MessageStoreConfig config = scenario.spec().config();
        List<Object> actions = new ArrayList<>();
        for (ScheduledAction action : scheduled) {
            Moment moment = switch (action.when()) {
                case ScheduledAction.AtTime(long nanos) -> new Moment.AtTime(nanos);
                case ScheduledAction.AtStep(long step, long nanos) -> new Moment.AtStep(step, nanos);
            };
            Map<String, Object> fields = MomentFields.write(moment);
            fields.put("do", ActionFields.write(action.action(), config));
            actions.add(fields);
        }
        for (Reaction reaction : scenario.reactions()) {
            Map<String, Object> fields = MomentFields.write(reaction.moment());
            fields.put("do", reaction.actions().stream().map(action -> ActionFields.write(action, config)).toList());
            actions.add(fields);
        }
        return actions;
    }

    private static Object until(Ending until) {
        if (until.step() == Ending.NO_STEP && until.condition().isEmpty()) {
            return Durations.text(until.nanos());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Durations.text(until.nanos()));
        if (until.step() != Ending.NO_STEP) {
            fields.put("step", until.step());
        }
        until.condition().ifPresent(condition -> fields.put("when", MomentFields.write(condition)));
        return fields;
    }
}
