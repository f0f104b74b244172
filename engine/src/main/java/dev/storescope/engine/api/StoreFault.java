package dev.storescope.engine.api;

import java.util.List;

/// What a [StoreException] is about, for whoever words it himself, in another language say.
///
/// @param figures what its kind says, as texts: paths, numbers of bytes, names
public record StoreFault(Kind kind, List<String> figures) {
    public StoreFault {
        figures = List.copyOf(figures);
    }

    public static StoreFault of(Kind kind, Object... figures) {
        return new StoreFault(kind, List.of(figures).stream().map(String::valueOf).toList());
    }

    /// What those who open stores meet most.
    public enum Kind {
        /// The directory.
        NO_SUCH_DIRECTORY,
        /// The directory: it is empty.
        EMPTY_DIRECTORY,
        /// The directory, which has nothing of a store in it.
        NO_FILES_OF_A_STORE,
        /// The directory, and what is there in place of a store.
        NOT_A_STORE,
        /// The directory: there is a store where a new one was to be made.
        STORE_THERE,
        /// The directory, and what is there where a new store was to be made.
        NOT_EMPTY,
        /// The directory, and parts in it that only a broker keeps up.
        BROKERS_PARTS,
        /// The directory, and the process that has it.
        IN_USE,
        /// The directory: nobody knows who has it.
        IN_USE_BY_UNKNOWN,
        /// The file, the setting that says how long it is, bytes expected, bytes found.
        OTHER_FILE_SIZE,
        /// The directory, and what was tried.
        DISK_FULL
    }
}
