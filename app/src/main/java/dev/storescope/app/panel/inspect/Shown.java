package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.FieldSpan;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageDetail;
import dev.storescope.engine.inspect.QueueEntryView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The row that is selected, taken apart: fields beside the bytes that they are decoded from.
///
/// @param title what it is and where it lies
/// @param check what is known of its CRC, or what is wrong
/// @param fields by their bytes; for a place that cannot be read, what is known of it, without bytes
/// @param bytes of the record, or those that stand where one was expected
record Shown(String title, String check, Soundness soundness, List<FieldSpan> fields, byte[] bytes) {
    static final Shown NOTHING = new Shown("", "", Soundness.UNKNOWN, List.of(), new byte[0]);

    enum Soundness {
        UNKNOWN, SOUND, DAMAGED
    }

    /// @param entry nothing when the queue could not be read
    static Shown of(MessageDetail detail, Optional<QueueEntryView> entry, Texts texts) {
        var message = detail.message();
        List<FieldSpan> fields = new ArrayList<>(detail.fields());
        entry.ifPresent(it -> fields.add(withoutBytes(texts.get("inspect.queueEntry"), words(it, texts))));
        fields.add(withoutBytes(texts.get("inspect.indexKeys"), String.join(", ", indexKeys(message))));
        String title = texts.get("inspect.messageAt", message.topic(), message.queueId(),
                Formats.count(message.queueOffset()), detail.file(), Formats.count(detail.position()));
        String crc = "0x%08X".formatted(message.bodyCrc32());
        return new Shown(title, texts.get("inspect.crcSound", crc), Soundness.SOUND, fields, detail.bytes());
    }

    private static String words(QueueEntryView entry, Texts texts) {
        return texts.get("inspect.queueEntry." + entry.state(), entry.file(), Formats.count(entry.position()),
                Formats.count(entry.commitLogOffset()), Formats.count(entry.sizeBytes()), entry.tagsCode());
    }

    /// What the index finds the message by, as RocketMQ 5.5 has it (`format.md` §7); whether it does, the check says.
    private static List<String> indexKeys(MessageExt message) {
        List<String> keys = new ArrayList<>();
        String unique = message.property(MessageProperties.UNIQ_KEY);
        if (unique != null && !unique.isEmpty()) {
            keys.add(message.topic() + "#" + unique);
        }
        for (String key : message.keys().split(" ")) {
            if (!key.isEmpty()) {
                keys.add(message.topic() + "#" + key);
            }
        }
        if (!message.tags().isEmpty()) {
            keys.add(message.topic() + "#T#" + message.tags());
        }
        return keys.isEmpty() ? List.of(Formats.UNKNOWN) : keys;
    }

    private static FieldSpan withoutBytes(String name, String value) {
        return new FieldSpan(name, 0, 0, value);
    }

    static Shown of(BrowsedRow row, LogStep.Fault fault, byte[] bytes, Texts texts) {
        String title = texts.get("inspect.faultAt", row.file(), Formats.count(fault.position()));
        List<FieldSpan> known = List.of(withoutBytes(texts.get("inspect.fault.problem"), fault.problem()),
                withoutBytes(texts.get("inspect.fault.offset"), Formats.count(fault.commitLogOffset())),
                withoutBytes(texts.get("inspect.fault.bytes"), Formats.exactBytes(bytes.length)));
        return new Shown(title, texts.get("inspect.notReadable"), Soundness.DAMAGED, known, bytes);
    }

    /// The field that a byte belongs to.
    OptionalInt fieldAt(int position) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).fromByte() <= position && position < fields.get(i).toByte()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
