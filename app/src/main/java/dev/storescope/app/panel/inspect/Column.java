package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Formats;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What is told of a message in the list. Where there is no room for all, the least important are left out; what is left
/// over goes to the ones that may be long.
enum Column {
    OFFSET("offset", 9, 0, 0), TOPIC("topic", 8, 2, 1), QUEUE("queue", 4, 0, 2), QUEUE_OFFSET("queueOffset", 6.5, 0, 4),
    SIZE("size", 5.5, 0, 5), STORED("stored", 14.4, 0, 3), TAGS("tags", 5, 1, 7), KEYS("keys", 9, 3, 6);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private final String name;
    private final double leastEm;
    private final double weight;
    private final int rank;

    /// @param weight of what is left over; 0 for a column that needs no more than its least width
    /// @param rank the higher, the sooner it is left out
    Column(String name, double leastEm, double weight, int rank) {
        this.name = name;
        this.leastEm = leastEm;
        this.weight = weight;
        this.rank = rank;
    }

    String textKey() {
        return "inspect.column." + name;
    }

    boolean isNumber() {
        return this == OFFSET || this == QUEUE || this == QUEUE_OFFSET || this == SIZE;
    }

    /// What stands there for a message.
    String text(BrowsedRow row, LogStep.Record record) {
        return switch (this) {
            case OFFSET -> Formats.count(record.commitLogOffset());
            case TOPIC -> record.topic();
            case QUEUE -> Integer.toString(record.queueId());
            case QUEUE_OFFSET -> Formats.count(record.queueOffset());
            case SIZE -> Formats.count(record.sizeBytes());
            case STORED -> time(record.storeTimestamp());
            case TAGS -> row.tags();
            case KEYS -> row.keys();
        };
    }

    private static String time(long millis) {
        return millis < 0 || millis > LATEST_MILLIS
                ? Long.toString(millis)
                : TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /// Which columns there is room for, and how wide each gets.
    static Map<Column, Double> fit(double widthEm) {
        List<Column> shown = new ArrayList<>(List.of(values()));
        while (shown.size() > 1 && shown.stream().mapToDouble(each -> each.leastEm).sum() > widthEm) {
            shown.remove(shown.stream().max(Comparator.comparingInt(each -> each.rank)).orElseThrow());
        }
        double left = Math.max(0, widthEm - shown.stream().mapToDouble(each -> each.leastEm).sum());
        double weights = Math.max(1e-9, shown.stream().mapToDouble(each -> each.weight).sum());
        Map<Column, Double> widths = new EnumMap<>(Column.class);
        shown.forEach(each -> widths.put(each, each.leastEm + left * each.weight / weights));
        return widths;
    }
}
