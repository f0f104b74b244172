package dev.storescope.engine.api;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The id of a stored message: the store host's bytes, then the physical offset (RocketMQ `MessageDecoder`).
///
/// @param storeHost the host that stored the message
/// @param commitLogOffset bytes from the start of the log
public record MessageId(HostAddress storeHost, long commitLogOffset) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public static String of(HostAddress storeHost, long commitLogOffset) {
        byte[] bytes = new byte[storeHost.sizeBytes() + Long.BYTES];
        storeHost.copyTo(bytes, 0);
        ByteBuffer.wrap(bytes).putLong(storeHost.sizeBytes(), commitLogOffset);
        return HEX.formatHex(bytes);
    }

    /// @param text 32 or 56 hex digits
    public static MessageId parse(String text) {
        if (text.length() != 32 && text.length() != 56) {
            throw new IllegalArgumentException(
                    "message id: expected 32 or 56 hex digits, found %d characters".formatted(text.length()));
        }
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(text));
        byte[] address = new byte[bytes.capacity() - Integer.BYTES - Long.BYTES];
        bytes.get(address);
        return new MessageId(HostAddress.of(address, bytes.getInt()), bytes.getLong());
    }

    @Override
    public String toString() {
        return of(storeHost, commitLogOffset);
    }
}
