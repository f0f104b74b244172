package dev.storescope.app.panel.retention;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.DiskWatermark;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.RetentionSnapshot.Deletion;
import dev.storescope.engine.api.RetentionSnapshot.Level;
import dev.storescope.engine.api.SettingKind.Whole;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the table of watermarks says of the store in use. Everything from one snapshot.
public final class RetentionViewModel {
    private static final long MS_PER_HOUR = 3_600_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long HOURS_PER_DAY = 24;
    /// From here on days are counted, then years.
    private static final long MOST_HOURS = 96;
    private static final long MOST_DAYS = 1_000;
    private static final long DAYS_PER_YEAR = 365;

    private final Texts texts;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NOTHING);

    /// What is written.
    ///
    /// @param used part of the disk, 0 to 1; NaN while it is not known
    /// @param next which file expires next, and when
    /// @param deleted what has gone so far
    /// @param problem what stands in the way of deleting; "" for nothing
    record Shown(String disk, double used, List<Line> lines, String next, String deleted, String problem) {
        static final Shown NOTHING = new Shown(Formats.UNKNOWN, Double.NaN, List.of(), Formats.UNKNOWN,
                Formats.UNKNOWN, "");
    }

    /// A watermark.
    ///
    /// @param fromRatio 0 to 1
    /// @param from the same in words
    /// @param what happens from there on
    record Line(DiskWatermark watermark, double fromRatio, String from, String what, State state) {
        String name() {
            return watermark.name();
        }
    }

    /// Whether a watermark is reached.
    enum State {
        UNKNOWN, BELOW, REACHED
    }

    public RetentionViewModel(Texts texts) {
        this.texts = texts;
    }

    /// In text frames.
    void update(Frame frame) {
        shown.set(frame.snapshot().map(this::write).orElse(Shown.NOTHING));
    }

    private Shown write(StoreSnapshot snapshot) {
        RetentionSnapshot now = snapshot.retention();
        boolean known = now.lookedAtNanos() != 0;
        return new Shown(disk(snapshot, known), known ? now.usedRatio() : Double.NaN,
                now.watermarks().stream().map(level -> line(level, snapshot.config(), known)).toList(),
                next(snapshot), deleted(snapshot),
                now.failure().isEmpty() ? "" : texts.get("retention.failure", now.failure()));
    }

    private String disk(StoreSnapshot snapshot, boolean known) {
        RetentionSnapshot now = snapshot.retention();
        if (!known) {
            return now.nextTurnNanos() == 0
                    ? Formats.UNKNOWN
                    : texts.get("retention.diskUnknown",
                            Formats.age(Math.max(0, now.nextTurnNanos() - snapshot.takenAtNanos())));
        }
        return texts.get("retention.disk", Formats.percent(now.usedRatio()), Formats.bytes(now.usableBytes()),
                Formats.bytes(now.totalBytes()), Formats.age(snapshot.takenAtNanos() - now.lookedAtNanos()));
    }

    private Line line(Level level, MessageStoreConfig config, boolean known) {
        State state = level.reached() ? State.REACHED : State.BELOW;
        return new Line(level.watermark(), level.fromRatio(),
                level.fromRatio() == 0
                        ? texts.get("retention.always")
                        : texts.get("retention.from", Formats.percent(level.fromRatio())),
                what(level.watermark(), config), known ? state : State.UNKNOWN);
    }

    private String what(DiskWatermark watermark, MessageStoreConfig config) {
        String key = "retention.what." + watermark;
        return switch (watermark) {
            case EXPIRED_AT_HOUR -> texts.get(key, config.value(StoreSetting.DELETE_WHEN));
            case UNEXPIRED -> texts.get(config.flag(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE) ? key : key + ".off");
            case EXPIRED_AT_ONCE, PUTS_REFUSED -> texts.get(key);
        };
    }

    private String next(StoreSnapshot snapshot) {
        long reservedHours = snapshot.config().number(StoreSetting.FILE_RESERVED_TIME);
        if (reservedHours == ((Whole) StoreSetting.FILE_RESERVED_TIME.kind()).max()) {
            return texts.get("retention.next.never", span(reservedHours * MS_PER_HOUR));
        }
        long expiresAt = snapshot.retention().oldestExpiresAtMillis();
        if (expiresAt < 0 || snapshot.files().isEmpty()) {
            return texts.get("retention.next.none", span(reservedHours * MS_PER_HOUR));
        }
        String file = Formats.fileName(snapshot.files().getFirst().fromOffset());
        long inMs = expiresAt - snapshot.takenAtMillis();
        return inMs > 0
                ? texts.get("retention.next", file, span(inMs), span(reservedHours * MS_PER_HOUR))
                : texts.get("retention.next.expired", file, span(-inMs));
    }

    private String deleted(StoreSnapshot snapshot) {
        RetentionSnapshot now = snapshot.retention();
        String text = now.lastDeletion()
                .map(last -> texts.get("retention.deleted.last", Formats.count(now.filesDeleted()), file(last),
                        Formats.age(snapshot.takenAtNanos() - last.atNanos()),
                        texts.get("retention.cause." + last.cause())))
                .orElse(texts.get("retention.deleted", Formats.count(now.filesDeleted())));
        if (now.heldFiles() > 0) {
            text += texts.get("retention.held", Formats.count(now.heldFiles()));
        }
        return now.manualRounds() > 0
                ? text + texts.get("retention.manual", Formats.count(now.manualRounds()))
                : text;
    }

    private static String file(Deletion deletion) {
        return Formats.fileName(deletion.fromOffset());
    }

    /// Hours and less exactly, days and years roundly.
    private String span(long ms) {
        long hours = ms / MS_PER_HOUR;
        if (hours < MOST_HOURS) {
            return Formats.elapsed(ms * NS_PER_MS);
        }
        long days = hours / HOURS_PER_DAY;
        return days < MOST_DAYS
                ? texts.get("retention.days", Formats.count(days))
                : texts.get("retention.years", Formats.count(days / DAYS_PER_YEAR));
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
