package dev.storescope.bench.drive;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What one round gave, also as a line of text between the two processes.
public final class Figures {
    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

    public Figures set(Figure figure, double value) {
        values.put(figure, value);
        return this;
    }

    public OptionalDouble get(Figure figure) {
        return values.containsKey(figure) ? OptionalDouble.of(values.get(figure)) : OptionalDouble.empty();
    }

    public Map<Figure, Double> values() {
        return Map.copyOf(values);
    }

    public String text() {
        return values.entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    public static Figures parse(String text) {
        Figures figures = new Figures();
        for (String pair : text.strip().split(" ")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                figures.set(Figure.valueOf(pair.substring(0, equals)), Double.parseDouble(pair.substring(equals + 1)));
            }
        }
        return figures;
    }
}
