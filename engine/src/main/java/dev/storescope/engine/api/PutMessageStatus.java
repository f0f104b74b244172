package dev.storescope.engine.api;

/// How a put ended (RocketMQ `PutMessageStatus`).
public enum PutMessageStatus {
    /// Stored, as safe as the flush policy promises.
    PUT_OK,
    /// In the log, but not known to be forced within `syncFlushTimeout`; it may well survive.
    FLUSH_DISK_TIMEOUT,
    /// In the log and forced, but no slave confirmed it in time.
    FLUSH_SLAVE_TIMEOUT,
    /// In the log and forced, but no slave is near enough to wait for.
    SLAVE_NOT_AVAILABLE,
    /// Not stored: the store is shut down, a slave, or not writeable.
    SERVICE_NOT_AVAILABLE,
    /// Not stored: the next file of the log could not be made.
    CREATE_MAPPED_FILE_FAILED,
    /// Not stored: topic or size is out of bounds.
    MESSAGE_ILLEGAL,
    /// Not stored: properties are longer than 32,767 bytes.
    PROPERTIES_SIZE_EXCEEDED,
    /// Not stored: the put lock has been held for longer than `osPageCacheBusyTimeOutMills`.
    OS_PAGECACHE_BUSY,
    /// Not known to be stored: something unforeseen went wrong; the store's log says what.
    UNKNOWN_ERROR
}
