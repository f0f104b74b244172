package dev.storescope.app.session.inspect;

import java.io.IOException;
import java.io.Writer;

/// How a list is written down.
public enum ExportFormat {
    CSV, JSON;

    /// The end of the file's name, without the point.
    public String suffix() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    RowWriter writer(Writer out) throws IOException {
        return switch (this) {
            case CSV -> new CsvRows(out);
            case JSON -> new JsonRows(out);
        };
    }
}
