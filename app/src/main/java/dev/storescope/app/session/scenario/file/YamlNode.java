package dev.storescope.app.session.scenario.file;

import java.util.List;

/// A part of a YAML file, and where it stands in it.
sealed interface YamlNode {
    Place place();

    /// How it is called in messages.
    String kind();

    /// @param line from 1
    /// @param column from 1
    record Place(int line, int column) {
        static final Place BEGIN = new Place(1, 1);
    }

    /// A word, a number or a text: whatever is no list and has no fields.
    record Scalar(Place place, String text) implements YamlNode {
        @Override
        public String kind() {
            return text.isEmpty() ? "nothing" : "'" + Shortened.text(text) + "'";
        }
    }

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Names with values, in the order of the file.
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "fields";
        }
    }

    record Entry(Place place, String name, YamlNode value) {
    }
}
