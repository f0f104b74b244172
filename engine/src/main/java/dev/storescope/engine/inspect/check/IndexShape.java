package dev.storescope.engine.inspect.check;

/// By which geometry index files were read, which they do not say themselves.
///
/// @param slots `maxHashSlotNum`; 0 when unknown
/// @param entries `maxIndexNum`; 0 when unknown
/// @param files how many
public record IndexShape(Source source, int slots, int entries, int files) {
    /// Where it is known from.
    public enum Source {
        /// The settings that the check was told; their file has just that length.
        SETTINGS,
        /// RocketMQ's defaults, which the settings may be, too.
        DEFAULTS,
        /// No settings fit, but the content allows for one only.
        CONTENT,
        /// Nowhere: chains and entries were not checked.
        UNKNOWN
    }
}
