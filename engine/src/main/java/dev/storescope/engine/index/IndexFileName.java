package dev.storescope.engine.index;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of index files: the local time of day at which they were made, `yyyyMMddHHmmssSSS`. Their order is the order of
/// the files.
final class IndexFileName {
    private static final Pattern DIGITS = Pattern.compile("\\d{17}");
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMddHHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    /// What does not say a time still has its place in the order; a name behind it counts on in its digits.
    private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000);

    private IndexFileName() {
    }

    static boolean isOne(String name) {
        return DIGITS.matcher(name).matches();
    }

    /// The name of a file that is made now. It comes after `last` even when the clock was put back, as it is each autumn
    /// in many places.
    ///
    /// @param last name of the last file, "" when there is none
    static String next(long nowMillis, ZoneId zone, String last) {
        LocalDateTime now = LocalDateTime.ofInstant(Instant.ofEpochMilli(nowMillis), zone)
                .truncatedTo(ChronoUnit.MILLIS);
        String name = now.format(FORM);
        if (name.compareTo(last) > 0) {
            return name;
        }
        return parse(last).filter(time -> time.isBefore(LAST))
                .map(time -> time.plus(1, ChronoUnit.MILLIS).format(FORM))
                .orElseGet(() -> "%017d".formatted(Long.parseLong(last) + 1));
    }

    private static Optional<LocalDateTime> parse(String name) {
        try {
            return Optional.of(LocalDateTime.parse(name, FORM));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

}
