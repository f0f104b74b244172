package dev.storescope.engine.index;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.util.Optional;

/// How many slots and entries an index file has. The file itself does not say (`format.md` §7).
///
/// @param slots `maxHashSlotNum`
/// @param entries `maxIndexNum`; entry 0 is never used
public record IndexGeometry(int slots, int entries) {
    /// RocketMQ's own.
    public static final IndexGeometry DEFAULT = new IndexGeometry(
            ((Long) StoreSetting.MAX_HASH_SLOT_NUM.kind().defaultValue()).intValue(),
            ((Long) StoreSetting.MAX_INDEX_NUM.kind().defaultValue()).intValue());

    static final int HEADER_BYTES = 40;
    static final int SLOT_BYTES = 4;
    static final int ENTRY_BYTES = 20;

    /// What the settings say.
    public static IndexGeometry of(MessageStoreConfig config) {
        return new IndexGeometry((int) config.number(StoreSetting.MAX_HASH_SLOT_NUM),
                (int) config.number(StoreSetting.MAX_INDEX_NUM));
    }

    /// Of a file of this length: what the settings say if that fits, else the default if that does, else nothing.
    public static Optional<IndexGeometry> ofFile(long sizeBytes, IndexGeometry configured) {
        if (configured.fileSizeBytes() == sizeBytes) {
            return Optional.of(configured);
        }
        return DEFAULT.fileSizeBytes() == sizeBytes ? Optional.of(DEFAULT) : Optional.empty();
    }

    public long fileSizeBytes() {
        return entryPosition(entries);
    }

    /// Where a slot stands, bytes from the start of the file.
    public long slotPosition(int slot) {
        return HEADER_BYTES + (long) SLOT_BYTES * slot;
    }

    /// Likewise for an entry.
    public long entryPosition(int entry) {
        return slotPosition(slots) + (long) ENTRY_BYTES * entry;
    }
}
