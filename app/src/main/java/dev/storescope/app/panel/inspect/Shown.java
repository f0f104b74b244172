package dev.storescope.app.panel.inspect;

import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.FieldSpan;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageDetail;
import java.util.List;
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

    static Shown of(MessageDetail detail, Texts texts) {
        var message = detail.message();
        String title = texts.get("inspect.messageAt", message.topic(), message.queueId(),
                Formats.count(message.queueOffset()), detail.file(), Formats.count(detail.position()));
        String crc = "0x%08X".formatted(message.bodyCrc32());
        return new Shown(title, texts.get("inspect.crcSound", crc), Soundness.SOUND, detail.fields(), detail.bytes());
    }

    static Shown of(BrowsedRow row, LogStep.Fault fault, byte[] bytes, Texts texts) {
        String title = texts.get("inspect.faultAt", row.file(), Formats.count(fault.position()));
        List<FieldSpan> known = List.of(new FieldSpan(texts.get("inspect.fault.problem"), 0, 0, fault.problem()),
                new FieldSpan(texts.get("inspect.fault.offset"), 0, 0, Formats.count(fault.commitLogOffset())),
                new FieldSpan(texts.get("inspect.fault.bytes"), 0, 0, Formats.exactBytes(bytes.length)));
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
