package dev.storescope.app.session.scenario.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.storescope.app.session.scenario.file.YamlNode.Entry;
import dev.storescope.app.session.scenario.file.YamlNode.Mapping;
import dev.storescope.app.session.scenario.file.YamlNode.Place;
import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.app.session.scenario.file.YamlNode.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/// Reads YAML into nodes that know their place. Refuses what a scenario never needs and an attacker would like: anchors and
/// aliases, tags, deep nesting, more parts than anybody writes.
final class YamlTree {
    private static final int MAX_DEPTH = 12;
    private static final int MAX_NODES = 20_000;

    private final YAMLParser parser;
    private final Problems problems;
    private int nodes;

    private YamlTree(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /// Ends the reading; the problem is written down already.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// @return nothing when `text` is no YAML; `problems` say why
    static Optional<YamlNode> read(String text, Problems problems) {
        LoaderOptions limits = new LoaderOptions();
        limits.setNestingDepthLimit(MAX_DEPTH);
        YAMLFactory factory = YAMLFactory.builder().loaderOptions(limits).build();
        try (YAMLParser parser = factory.createParser(text)) {
            return new YamlTree(parser, problems).document();
        } catch (Refused e) {
            return Optional.empty();
        } catch (StreamConstraintsException e) {
            problems.add(place(e.getLocation()), "", "a scenario", Shortened.text(e.getOriginalMessage()));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            notYaml(e, problems);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // The parser throws what it likes at odd input.
            problems.add(Place.BEGIN, "", "YAML", Shortened.text(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static void notYaml(JsonProcessingException e, Problems problems) {
        String message = String.valueOf(e.getOriginalMessage());
        String first = message.lines().filter(line -> !line.isBlank()).findFirst().orElse("something else");
        String reason = message.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("expected") || line.startsWith("found")
                        || line.contains("mapping values"))
                .findFirst()
                .orElse(first);
        String hint = message.contains("block scalar") ? "a text that begins with > or | needs quotes" : "";
        if (message.contains("Nesting Depth")) {
            problems.add(place(e.getLocation()), "", "at most %d levels".formatted(MAX_DEPTH), "more", "");
        } else {
            problems.add(place(e.getLocation()), "", "YAML", Shortened.text(reason), hint);
        }
    }

    private Optional<YamlNode> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add(Place.BEGIN, "", "a scenario", "an empty file");
            return Optional.empty();
        }
        YamlNode root = node(first, 1);
        if (parser.nextToken() != null) {
            throw refuse(here(), "one document", "another one");
        }
        return Optional.of(root);
    }

    private YamlNode node(JsonToken token, int depth) throws IOException {
        Place place = here();
        if (++nodes > MAX_NODES) {
            throw refuse(place, "at most %,d values".formatted(MAX_NODES), "more");
        }
        if (depth > MAX_DEPTH) {
            throw refuse(place, "at most %d levels".formatted(MAX_DEPTH), "more");
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw refuse(place, "values that are written out", "an anchor or alias (& or *)");
        }
        if (parser.getTypeId() != null) {
            throw refuse(place, "values without tags", "the tag " + Shortened.text(parser.getTypeId()));
        }
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_NULL -> new Scalar(place, "");
            default -> new Scalar(place, parser.getText());
        };
    }

    private YamlNode sequence(Place place, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            items.add(node(next, depth + 1));
        }
        return new Sequence(place, List.copyOf(items));
    }

    private YamlNode mapping(Place place, int depth) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place at = here();
            String name = parser.currentName();
            Place before = seen.putIfAbsent(name, at);
            YamlNode value = node(parser.nextToken(), depth + 1);
            if (before == null) {
                entries.add(new Entry(at, name, value));
            } else {
                problems.add(at, Shortened.text(name), "each field once",
                        "it again, after line " + before.line());
            }
        }
        return new Mapping(place, List.copyOf(entries));
    }

    private Refused refuse(Place place, String expected, String found) {
        problems.add(place, "", expected, found);
        return new Refused();
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? Place.BEGIN
                : new Place(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }
}
