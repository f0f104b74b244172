package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Entry;
import dev.storescope.app.session.scenario.file.YamlNode.Mapping;
import dev.storescope.app.session.scenario.file.YamlNode.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// The fields of one part of a file, while they are read. What is wrong with one is written down, and reading goes on with
/// what holds without it.
final class Fields {
    private final Mapping mapping;
    private final String path;
    private final Problems problems;
    /// Those that have been asked for, and so are known, with whether they stand in the file.
    private final Map<String, Entry> known = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    private Fields(Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /// @param expected what it should be, such as `the fields of a load`
    /// @return nothing when `node` has no fields
    static Optional<Fields> of(YamlNode node, String path, Problems problems, String expected) {
        if (node instanceof Mapping mapping) {
            return Optional.of(new Fields(mapping, path, problems));
        }
        problems.add(node.place(), path, expected, node.kind());
        return Optional.empty();
    }

    Problems problems() {
        return problems;
    }

    Place place() {
        return mapping.place();
    }

    String path() {
        return path;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    Optional<YamlNode> node(String name) {
        names.add(name);
        return mapping.entries().stream().filter(entry -> entry.name().equals(name)).findFirst().map(entry -> {
            known.put(name, entry);
            return entry.value();
        });
    }

    boolean has(String name) {
        return mapping.entries().stream().anyMatch(entry -> entry.name().equals(name));
    }

    /// What `reader` makes of the field's text.
    ///
    /// @param expected for the message, when it makes nothing of it
    <T> Optional<T> value(String name, String expected, Function<String, Optional<T>> reader) {
        return node(name).flatMap(node -> value(node, path(name), expected, reader));
    }

    <T> Optional<T> value(YamlNode node, String where, String expected, Function<String, Optional<T>> reader) {
        Optional<T> value = node instanceof YamlNode.Scalar scalar ? reader.apply(scalar.text()) : Optional.empty();
        if (value.isEmpty()) {
            problems.add(node.place(), where, expected, node.kind());
        }
        return value;
    }

    Optional<String> text(String name) {
        return value(name, "a text", text -> text.isEmpty() ? Optional.empty() : Optional.of(text));
    }

    boolean flag(String name, boolean otherwise) {
        return value(name, "true or false", Fields::flag).orElse(otherwise);
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> Optional.of(true);
            case "false", "off", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    long number(String name, long min, long max, long otherwise) {
        return inRange(name, range(min, max), Fields::whole, min, max, otherwise);
    }

    long bytes(String name, long min, long max, long otherwise) {
        String expected = max == Long.MAX_VALUE && min <= 1
                ? Sizes.FORM
                : "%s, from %s to %s".formatted(Sizes.FORM, Sizes.text(min), Sizes.text(max));
        return inRange(name, expected, Sizes::parse, min, max, otherwise);
    }

    long nanos(String name, long min, long max, long otherwise) {
        String expected = "%s, from %s to %s".formatted(Durations.FORM, Durations.text(min), Durations.text(max));
        return inRange(name, expected, Durations::parse, min, max, otherwise);
    }

    private long inRange(String name, String expected, Function<String, OptionalLong> reader, long min, long max,
            long otherwise) {
        return value(name, expected, text -> {
            OptionalLong read = reader.apply(text);
            return read.isPresent() && read.getAsLong() >= min && read.getAsLong() <= max
                    ? Optional.of(read.getAsLong())
                    : Optional.<Long>empty();
        }).orElse(otherwise);
    }

    double decimal(String name, double min, double max, double otherwise) {
        return value(name, "a number from %s to %s".formatted(min, max), Fields::decimal)
                .filter(found -> isIn(name, found, min, max))
                .orElse(otherwise);
    }

    private boolean isIn(String name, double found, double min, double max) {
        boolean isIn = found >= min && found <= max;
        if (!isIn) {
            problems.add(known.get(name).value().place(), path(name), "a number from %s to %s".formatted(min, max),
                    known.get(name).value().kind());
        }
        return isIn;
    }

    static Optional<Double> decimal(String text) {
        try {
            double value = text.length() > 40 ? Double.NaN : Double.parseDouble(text.replace("_", ""));
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static OptionalLong whole(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.replace("_", "")));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static String range(long min, long max) {
        return max == Long.MAX_VALUE
                ? "a number from %d on".formatted(min)
                : "a number from %d to %d".formatted(min, max);
    }

    /// One of some words.
    <T> Optional<T> word(String name, List<T> values, Function<T, String> wordOf) {
        return node(name).flatMap(node -> word(node, path(name), values, wordOf));
    }

    <T> Optional<T> word(YamlNode node, String where, List<T> values, Function<T, String> wordOf) {
        List<String> words = values.stream().map(wordOf).toList();
        if (node instanceof YamlNode.Scalar scalar) {
            Optional<T> value = values.stream().filter(each -> wordOf.apply(each).equals(scalar.text())).findFirst();
            if (value.isPresent()) {
                return value;
            }
            problems.add(node.place(), where, oneOf(words), node.kind(), NearestWord.hint(scalar.text(), words));
        } else {
            problems.add(node.place(), where, oneOf(words), node.kind());
        }
        return Optional.empty();
    }

    <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return word(name, Arrays.asList(type.getEnumConstants()), Enum::name);
    }

    static String oneOf(List<String> words) {
        return "one of " + String.join(", ", words);
    }

    /// The items of a list, each with what `reader` makes of it.
    <T> List<T> list(String name, int most, ItemReader<T> reader) {
        Optional<YamlNode> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof YamlNode.Sequence(Place at, List<YamlNode> items))) {
            problems.add(node.get().place(), path(name), "a list, with '- ' before each item", node.get().kind());
            return List.of();
        }
        if (items.size() > most) {
            problems.add(at, path(name), "at most %d items".formatted(most), "%d".formatted(items.size()));
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            reader.read(items.get(i), "%s[%d]".formatted(path(name), i)).ifPresent(values::add);
        }
        return values;
    }

    /// Makes something of an item.
    @FunctionalInterface
    interface ItemReader<T> {
        Optional<T> read(YamlNode item, String path);
    }

    /// Says that a field is missing.
    void missing(String name, String expected) {
        problems.add(place(), path(name), expected, "nothing");
    }

    /// All fields have been asked for: whatever else stands here is known to nobody.
    void end() {
        for (Entry entry : mapping.entries()) {
            if (!names.contains(entry.name())) {
                problems.add(entry.place(), path(Shortened.text(entry.name())), Fields.oneOf(List.copyOf(names)),
                        "an unknown field", NearestWord.hint(entry.name(), names));
            }
        }
    }

    /// Every name that stands here, with its value: for parts whose names are not fixed.
    List<Entry> entries() {
        mapping.entries().forEach(entry -> names.add(entry.name()));
        return mapping.entries();
    }
}
