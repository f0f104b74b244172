package dev.storescope.engine.api;

/// How an append to the log ended (RocketMQ `AppendMessageStatus`). `END_OF_FILE` never reaches a caller of a put.
public enum AppendMessageStatus {
    PUT_OK, END_OF_FILE, MESSAGE_SIZE_EXCEEDED, PROPERTIES_SIZE_EXCEEDED, UNKNOWN_ERROR
}
