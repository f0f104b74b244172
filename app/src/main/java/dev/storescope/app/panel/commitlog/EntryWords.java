package dev.storescope.app.panel.commitlog;

import dev.storescope.app.session.RecordHead;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.SysFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What queues and index know of a message: its queue entry, its keys, its tags. The record itself is read for that, once
/// for each message that is pointed at.
final class EntryWords {
    private static final String DOT = " · ";
    private static final long NONE = -1;

    private final Texts texts;
    private long asked = NONE;
    private Optional<MessageExt> message = Optional.empty();

    EntryWords(Texts texts) {
        this.texts = texts;
    }

    /// Another store is open, or nothing is pointed at.
    void forget() {
        asked = NONE;
        message = Optional.empty();
    }

    /// Of which record the keys are wanted and not asked for yet.
    OptionalLong question(Optional<RecordHead> pointed) {
        if (pointed.isEmpty() || pointed.get().place().commitLogOffset() == asked) {
            return OptionalLong.empty();
        }
        asked = pointed.get().place().commitLogOffset();
        message = Optional.empty();
        return OptionalLong.of(asked);
    }

    /// @param offset an answer to another question comes too late
    void answer(long offset, Optional<MessageExt> found) {
        if (offset == asked) {
            message = found;
        }
    }

    String words(LogReading reading, RecordHead head) {
        var words = new ArrayList<>(List.of(entry(reading, head)));
        if (head.place().commitLogOffset() == asked && message.isPresent()) {
            String keys = message.get().keys();
            String tags = message.get().tags();
            words.add(keys.isEmpty() ? texts.get("commitLog.entry.noKeys") : texts.get("commitLog.entry.keys", keys));
            if (!tags.isEmpty()) {
                words.add(texts.get("commitLog.entry.tags", tags));
            }
        }
        return String.join(DOT, words);
    }

    private String entry(LogReading reading, RecordHead head) {
        if (head.place().commitLogOffset() >= reading.snapshot().dispatch().reputFromOffset()) {
            return texts.get("commitLog.entry.notYet");
        }
        boolean never = message.filter(read -> read.commitLogOffset() == head.place().commitLogOffset())
                .filter(read -> !SysFlag.entersQueue(read.sysFlag()))
                .isPresent();
        return never
                ? texts.get("commitLog.entry.never")
                : texts.get("commitLog.entry", Formats.count(head.queueOffset()), head.topic(), head.queueId());
    }
}
