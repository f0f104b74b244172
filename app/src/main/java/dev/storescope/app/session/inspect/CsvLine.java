package dev.storescope.app.session.inspect;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/// A line as RFC 4180 has it: it ends in CR LF, and a value has quotes where it needs them.
public final class CsvLine {
    private CsvLine() {
    }

    public static void write(Writer out, List<?> values) throws IOException {
        out.write(values.stream().map(value -> quoted(String.valueOf(value))).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
