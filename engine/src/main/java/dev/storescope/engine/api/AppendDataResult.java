package dev.storescope.engine.api;

/// What became of bytes that were to be appended as they are (`appendToCommitLog`).
///
/// @param nextOffset that the log expects next; of what was appended all before it stays
/// @param detail what was expected and what was found, when bytes were refused; else ""
public record AppendDataResult(Status status, long nextOffset, String detail) {
    public boolean isOk() {
        return status == Status.APPENDED;
    }

    /// How it ended.
    public enum Status {
        /// All of it is in the log, or begins a record whose rest is to come.
        APPENDED,
        /// The bytes do not follow on what the log has.
        OFFSET_DOES_NOT_FOLLOW,
        /// No record or blank, or one that belongs elsewhere.
        DATA_ILLEGAL,
        /// The store does not run, or may not be written.
        SERVICE_NOT_AVAILABLE,
        /// No file for what follows.
        CREATE_MAPPED_FILE_FAILED,
        /// The disk or the memory failed; the store turns unwriteable.
        UNKNOWN_ERROR
    }
}
