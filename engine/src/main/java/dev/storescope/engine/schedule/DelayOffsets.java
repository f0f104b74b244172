package dev.storescope.engine.schedule;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How far each delay level has been delivered, kept in `config/delayOffset.json` as RocketMQ's broker keeps it:
///
///     {"offsetTable":{"1":12,"3":4}}
///
/// A broker writes keys without quotes, and a `dataVersion` beside the table; both are read, neither is needed.
///
/// Threads: the one that delivers.
final class DelayOffsets {
    private static final String TABLE = "\"offsetTable\"";

    private final Disk disk;
    private final Path file;
    private final Map<Integer, Long> offsets = new TreeMap<>();
    private Map<Integer, Long> written = Map.of();

    DelayOffsets(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /// Reads the file, if there is one. Throws [StoreException] that says what is wrong with it: to begin anew would deliver
    /// everything again.
    void load() throws IOException {
        if (disk.exists(file)) {
            String text = new String(disk.readAll(file), StandardCharsets.UTF_8);
            offsets.putAll(new TableReader(file, text).read());
            written = Map.copyOf(offsets);
        }
    }

    /// The queue offset that is delivered next; 0 for a level of which nothing was.
    long next(int level) {
        return offsets.getOrDefault(level, 0L);
    }

    void next(int level, long queueOffset) {
        offsets.put(level, queueOffset);
    }

    /// Writes the file when something has changed.
    ///
    /// @return whether it had
    boolean flush() throws IOException {
        if (offsets.equals(written)) {
            return false;
        }
        String table = offsets.entrySet()
                .stream()
                .map(entry -> "\"%d\":%d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(","));
        disk.createDirectories(file.getParent());
        disk.writeAll(file, "{%s:{%s}}".formatted(TABLE, table).getBytes(StandardCharsets.UTF_8));
        disk.forceDirectory(file.getParent());
        written = Map.copyOf(offsets);
        return true;
    }

    /// Reads the one table that counts, and nothing else of JSON.
    private static final class TableReader {
        private final Path file;
        private final String text;
        private int at;

        private TableReader(Path file, String text) {
            this.file = file;
            this.text = text;
        }

        private Map<Integer, Long> read() {
            at = text.indexOf(TABLE);
            if (at < 0) {
                throw unexpected(TABLE, 0);
            }
            at += TABLE.length();
            take(':');
            take('{');
            Map<Integer, Long> table = new TreeMap<>();
            if (peek() == '}') {
                return table;
            }
            do {
                boolean quoted = takeIf('"');
                long level = number();
                if (quoted) {
                    take('"');
                }
                take(':');
                table.put((int) Math.min(Integer.MAX_VALUE, level), number());
            } while (takeIf(','));
            take('}');
            return table;
        }

        private long number() {
            peek();
            int from = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == from || at - from > 18) {
                throw unexpected("a whole number", from);
            }
            return Long.parseLong(text.substring(from, at));
        }

        private void take(char expected) {
            if (!takeIf(expected)) {
                throw unexpected("'" + expected + "'", at);
            }
        }

        private boolean takeIf(char wanted) {
            boolean there = peek() == wanted;
            if (there) {
                at++;
            }
            return there;
        }

        /// The next character that is no blank; 0 at the end.
        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private StoreException unexpected(String expected, int position) {
            String found = text.substring(Math.min(position, text.length()), Math.min(text.length(), position + 20));
            String form = "%s: expected %s at character %d, found '%s'; without the file all delayed messages would be"
                    + " delivered again";
            return new StoreException(form.formatted(file, expected, position, found));
        }
    }
}
