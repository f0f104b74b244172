package dev.storescope.app.session;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What a load sends, as words in the settings, such as `pacing` = `Ramp 100.0 4000.0 60.0`. The limits are settings of
/// their own.
final class RememberedLoad {
    private static final System.Logger LOG = System.getLogger(RememberedLoad.class.getName());

    private RememberedLoad() {
    }

    static Map<String, String> words(LoadSpec spec) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("producers", String.valueOf(spec.producers()));
        words.put("pacing", pacing(spec.pacing()));
        words.put("body", body(spec.body()));
        words.put("topics", String.valueOf(spec.topics()));
        words.put("queuesPerTopic", String.valueOf(spec.queuesPerTopic()));
        words.put("keys", String.valueOf(spec.keys()));
        words.put("tags", String.valueOf(spec.tags()));
        words.put("extraPropertyBytes", String.valueOf(spec.extraPropertyBytes()));
        words.put("batchSize", String.valueOf(spec.batchSize()));
        words.put("waitStoreMsgOk", String.valueOf(spec.waitStoreMsgOk()));
        return words;
    }

    /// What is not remembered, or cannot be read, is as in `otherwise`.
    static LoadSpec spec(Map<String, String> words, LoadSpec otherwise) {
        LoadSpec.Builder builder = otherwise.toBuilder();
        words.forEach((name, value) -> readIfKnown(name, value, builder));
        try {
            return builder.build();
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "remembered load passed over", e);
            return otherwise;
        }
    }

    private static void readIfKnown(String name, String value, LoadSpec.Builder builder) {
        Consumer<String> reader = switch (name) {
            case "producers" -> text -> builder.producers(Integer.parseInt(text));
            case "pacing" -> text -> builder.pacing(pacing(text));
            case "body" -> text -> builder.body(body(text));
            case "topics" -> text -> builder.topics(Integer.parseInt(text));
            case "queuesPerTopic" -> text -> builder.queuesPerTopic(Integer.parseInt(text));
            case "keys" -> text -> builder.keys(Boolean.parseBoolean(text));
            case "tags" -> text -> builder.tags(Integer.parseInt(text));
            case "extraPropertyBytes" -> text -> builder.extraPropertyBytes(Integer.parseInt(text));
            case "batchSize" -> text -> builder.batchSize(Integer.parseInt(text));
            case "waitStoreMsgOk" -> text -> builder.waitStoreMsgOk(Boolean.parseBoolean(text));
            default -> _ -> LOG.log(Level.DEBUG, "remembered load: {0} is not known", name);
        };
        try {
            reader.accept(value);
        } catch (IllegalArgumentException | StoreException e) {
            LOG.log(Level.WARNING, "remembered load: %s: expected it as the program writes it, found %s; passed over"
                    .formatted(name, value), e);
        }
    }

    private static String pacing(Pacing pacing) {
        return switch (pacing) {
            case Pacing.ClosedLoop _ -> words("ClosedLoop");
            case Pacing.Constant(double rate) -> words("Constant", rate);
            case Pacing.Ramp(double from, double to, double over) -> words("Ramp", from, to, over);
            case Pacing.Steps(double from, double add, double every, int steps) ->
                    words("Steps", from, add, every, steps);
            case Pacing.Bursts(int messages, double every) -> words("Bursts", messages, every);
        };
    }

    private static Pacing pacing(String text) {
        List<String> words = List.of(text.split(" "));
        return switch (words.getFirst()) {
            case "ClosedLoop" -> new Pacing.ClosedLoop();
            case "Constant" -> new Pacing.Constant(number(words, 1));
            case "Ramp" -> new Pacing.Ramp(number(words, 1), number(words, 2), number(words, 3));
            case "Steps" -> new Pacing.Steps(number(words, 1), number(words, 2), number(words, 3),
                    (int) number(words, 4));
            case "Bursts" -> new Pacing.Bursts((int) number(words, 1), number(words, 2));
            default -> throw new IllegalArgumentException("no such pacing");
        };
    }

    private static String body(BodySize body) {
        return switch (body) {
            case BodySize.Fixed(int bytes) -> words("Fixed", bytes);
            case BodySize.Uniform(int min, int max) -> words("Uniform", min, max);
            case BodySize.LogUniform(int min, int max) -> words("LogUniform", min, max);
        };
    }

    private static BodySize body(String text) {
        List<String> words = List.of(text.split(" "));
        return switch (words.getFirst()) {
            case "Fixed" -> new BodySize.Fixed((int) number(words, 1));
            case "Uniform" -> new BodySize.Uniform((int) number(words, 1), (int) number(words, 2));
            case "LogUniform" -> new BodySize.LogUniform((int) number(words, 1), (int) number(words, 2));
            default -> throw new IllegalArgumentException("no such distribution of body sizes");
        };
    }

    private static double number(List<String> words, int place) {
        if (place >= words.size()) {
            throw new IllegalArgumentException("expected a number as word %d".formatted(place + 1));
        }
        return Double.parseDouble(words.get(place));
    }

    private static String words(String name, Object... numbers) {
        return Arrays.stream(numbers).map(number -> " " + number).collect(Collectors.joining("", name, ""));
    }
}
