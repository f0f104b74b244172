package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.inspect.MessageDetail;
import dev.storescope.engine.inspect.MessageQuery;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What the user has written into the fields of the search, and what it means.
///
/// @param zone in which times are written
record SearchWords(String topic, String queue, String key, String tags, String from, String to, ZoneId zone) {
    private static final Pattern QUEUE = Pattern.compile("\\d{1,9}");
    private static final Pattern MILLIS = Pattern.compile("\\d{9,16}");
    private static final Pattern OFFSET = Pattern.compile("\\d{1,19}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[0-9A-F]{32}|[0-9A-F]{56}");

    /// What is meant.
    sealed interface Meaning {
        record Query(MessageQuery query) implements Meaning {
        }

        /// @param problem what was expected, and what was found
        record Wrong(String problem) implements Meaning {
        }
    }

    /// A place of the log.
    ///
    /// @param orKey the message's own key, which looks the same as an id; "" when it cannot be one
    record Place(long commitLogOffset, String orKey) {
        /// Offsets that are none.
        static final long NONE = -1;

        /// Whether it is the place that was meant: any for an offset, only the message of that id for an id.
        boolean isMetBy(Optional<MessageDetail> found) {
            return orKey.isEmpty() || found.filter(it -> it.message().messageId().equals(orKey)).isPresent();
        }

        boolean isOffset() {
            return commitLogOffset >= 0;
        }
    }

    boolean isEmpty() {
        return (topic + queue + key + tags + from + to).isBlank();
    }

    Meaning meaning(Texts texts) {
        MessageQuery query = MessageQuery.ALL.ofTopic(topic.strip()).withKey(key.strip()).withTags(tags.strip());
        if (!queue.isBlank()) {
            if (!QUEUE.matcher(queue.strip()).matches()) {
                return new Meaning.Wrong(texts.get("inspect.wrongQueue", queue.strip()));
            }
            query = new MessageQuery(query.topic(), OptionalInt.of(Integer.parseInt(queue.strip())), query.key(),
                    query.tags(), query.fromTimestamp(), query.toTimestamp());
        }
        try {
            long fromMillis = from.isBlank() ? Long.MIN_VALUE : span(from.strip()).from;
            long toMillis = to.isBlank() ? Long.MAX_VALUE : span(to.strip()).to;
            return new Meaning.Query(query.stored(fromMillis, toMillis));
        } catch (DateTimeParseException e) {
            return new Meaning.Wrong(texts.get("inspect.wrongTime", e.getParsedString()));
        }
    }

    /// First and last millisecond of what is written: a day, a minute, a second, or one.
    private record Span(long from, long to) {
    }

    private Span span(String text) {
        if (MILLIS.matcher(text).matches()) {
            long millis = Long.parseLong(text);
            return new Span(millis, millis);
        }
        if (!text.contains(":")) {
            LocalDate day = LocalDate.parse(text);
            return span(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
        }
        LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
        if (text.contains(".")) {
            return span(time, time.plus(1, ChronoUnit.MILLIS));
        }
        boolean hasSeconds = text.chars().filter(c -> c == ':').count() == 2;
        return span(time, hasSeconds ? time.plusSeconds(1) : time.plusMinutes(1));
    }

    private Span span(LocalDateTime begin, LocalDateTime end) {
        return new Span(begin.atZone(zone).toInstant().toEpochMilli(), end.atZone(zone).toInstant().toEpochMilli() - 1);
    }

    /// An offset, grouped or not, or the one that a message id holds; neither, then [Place#isOffset()] is false.
    static Place place(String typed) {
        String compact = typed.replaceAll("[\\s\u00a0_,]", "").toUpperCase(Locale.ROOT);
        if (MESSAGE_ID.matcher(compact).matches()) {
            return new Place(Math.max(Place.NONE, MessageId.parse(compact).commitLogOffset()), compact);
        }
        if (OFFSET.matcher(compact).matches()) {
            try {
                return new Place(Long.parseLong(compact), "");
            } catch (NumberFormatException e) {
                return new Place(Place.NONE, "");
            }
        }
        return new Place(Place.NONE, "");
    }
}
