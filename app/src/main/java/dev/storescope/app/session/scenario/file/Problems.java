package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What has been found wrong so far: reading goes on, so that all of it is told at once.
final class Problems {
    private final List<ScenarioProblem> found = new ArrayList<>();

    void add(Place place, String field, String expected, String what) {
        add(place, field, expected, what, "");
    }

    void add(Place place, String field, String expected, String what, String hint) {
        found.add(new ScenarioProblem(place.line(), place.column(), field, expected, what, hint));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    /// By place.
    List<ScenarioProblem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(ScenarioProblem::line).thenComparingInt(ScenarioProblem::column))
                .toList();
    }
}
