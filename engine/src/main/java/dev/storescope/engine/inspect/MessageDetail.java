package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import java.util.List;

/// One message, whole: its fields and its bytes.
///
/// @param file name of the log file that holds it
/// @param position of its first byte in that file
/// @param bytes the record, a copy of its own
/// @param fields in the order of the bytes; they cover each byte once
public record MessageDetail(MessageExt message, String file, long position, byte[] bytes, List<FieldSpan> fields) {
}
