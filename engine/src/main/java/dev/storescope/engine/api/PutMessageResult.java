package dev.storescope.engine.api;

/// How a put ended and, when the message is in the log, where.
///
/// @param append [AppendMessageResult#NONE] when nothing was written
public record PutMessageResult(PutMessageStatus status, AppendMessageResult append) {
    /// A put that wrote nothing.
    public static PutMessageResult rejected(PutMessageStatus status) {
        return new PutMessageResult(status, AppendMessageResult.NONE);
    }

    public boolean isOk() {
        return status == PutMessageStatus.PUT_OK;
    }

    /// Whether the message is in the log, acknowledged or not.
    public boolean isStored() {
        return append != AppendMessageResult.NONE;
    }
}
