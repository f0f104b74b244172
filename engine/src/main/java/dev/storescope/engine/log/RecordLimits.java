package dev.storescope.engine.log;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;

/// What may be stored (`store.md` §2, checks 4 and 5).
///
/// @param maxBodyBytes `maxMessageSize`
/// @param maxTopicBytes 127, or 255 where long topics are written as V2
/// @param fileSizeBytes of the log
/// @param highestDelayLevel larger levels count as this one
record RecordLimits(long maxBodyBytes, int maxTopicBytes, long fileSizeBytes, int highestDelayLevel) {

    static RecordLimits of(MessageStoreConfig config) {
        return new RecordLimits(config.number(StoreSetting.MAX_MESSAGE_SIZE),
                config.flag(StoreSetting.AUTO_MESSAGE_VERSION_ON_TOPIC_LEN)
                        ? MessageLayout.MAX_TOPIC_BYTES
                        : MessageLayout.MAX_TOPIC_BYTES_V1,
                config.mappedFileSizeCommitLog(), config.delayLevelsMs().size());
    }

    /// A file holds a record only with room for a blank behind it.
    boolean fitsFile(long recordBytes) {
        return recordBytes + MessageLayout.BLANK_BYTES <= fileSizeBytes;
    }
}
