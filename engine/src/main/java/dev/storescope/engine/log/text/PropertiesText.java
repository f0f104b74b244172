package dev.storescope.engine.log.text;

/// Which properties may be stored.
///
/// No CRC covers the properties of a record, so after a crash zeros in them are all that tells that their bytes never
/// came to the disk. A text that has such zeros of its own could not be told from a torn one: the recovery would end the
/// log before a message that was acknowledged.
public final class PropertiesText {
    /// The smallest piece that a disk writes as a whole or not at all.
    public static final int SECTOR_BYTES = 512;
    private static final String ZERO_SECTOR = "\0".repeat(SECTOR_BYTES);

    private PropertiesText() {
    }

    /// Whether a text neither begins nor ends with U+0000, which may be all of it in a sector, nor fills one with them.
    public static boolean isSafe(String properties) {
        int length = properties.length();
        if (length == 0) {
            return true;
        }
        return properties.charAt(0) != 0 && properties.charAt(length - 1) != 0
                && (length < SECTOR_BYTES || !properties.contains(ZERO_SECTOR));
    }
}
