package dev.storescope.engine.inspect;

/// A field of a record and the bytes that it is decoded from.
///
/// @param name as `format.md` §2 and RocketMQ's documents write it
/// @param fromByte first byte, from the start of the record
/// @param toByte first byte behind it; `fromByte` for a field without bytes
/// @param value as text
public record FieldSpan(String name, int fromByte, int toByte, String value) {
}
