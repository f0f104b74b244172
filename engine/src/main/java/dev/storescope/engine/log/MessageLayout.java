package dev.storescope.engine.log;

import dev.storescope.engine.api.SysFlag;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A record of the commit log, big-endian (`format.md` §2). Offsets are those of a record with IPv4 hosts; each IPv6
/// host moves what follows by 12.
///
///      0          4          8          12         16         20                    28
///      +----------+----------+----------+----------+----------+---------------------+
///      | size     | magic    | body CRC | queue id | flag     | queue offset        |
///      +----------+----------+----------+----------+----------+---------------------+
///      28                    36         40                    48
///      +---------------------+----------+---------------------+---------------------+
///      | physical offset     | sysFlag  | born timestamp      | born host 8 (20)    |
///      +---------------------+----------+---------------------+---------------------+
///      56                    64                    72         76                    84
///      +---------------------+---------------------+----------+---------------------+
///      | store timestamp     | store host 8 (20)   | reconsume| prepared tx offset  |
///      +---------------------+---------------------+----------+---------------------+
///      84         88
///      +----------+------//-----+---------+---//---+----------+-----//------+
///      | body n   | body        | topic n | topic  | props n  | properties  |
///      +----------+------//-----+---------+---//---+----------+-----//------+
///                                1 (V2: 2)           2
///
/// A blank record fills what is left of a file: its size and [#MAGIC_BLANK], 8 bytes; the rest is any value.
public final class MessageLayout {
    public static final int MAGIC_V1 = 0xDAA320A7;
    public static final int MAGIC_V2 = 0xDAA320AB;
    public static final int MAGIC_BLANK = 0xCBD43194;

    public static final int SIZE = 0;
    public static final int MAGIC = 4;
    public static final int BODY_CRC = 8;
    public static final int QUEUE_ID = 12;
    public static final int FLAG = 16;
    public static final int QUEUE_OFFSET = 20;
    public static final int PHYSICAL_OFFSET = 28;
    public static final int SYS_FLAG = 36;
    public static final int BORN_TIMESTAMP = 40;
    public static final int BORN_HOST = 48;

    /// From the end of the born host on, relative to it.
    public static final int STORE_TIMESTAMP_AFTER_BORN_HOST = 0;
    public static final int STORE_HOST_AFTER_BORN_HOST = 8;

    public static final int IPV4_HOST_BYTES = 8;
    public static final int IPV6_HOST_BYTES = 20;
    /// A record of V1 with IPv4 hosts and nothing in it.
    public static final int MIN_BYTES = 91;
    public static final int BLANK_BYTES = 8;
    /// The longest topic of a record of V1; the length is one signed byte.
    public static final int MAX_TOPIC_BYTES_V1 = 127;
    public static final int MAX_TOPIC_BYTES = 255;
    /// CRCs are stored without their sign bit.
    public static final int CRC_MASK = 0x7FFFFFFF;

    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MessageLayout() {
    }

    public static int bornHostBytes(int sysFlag) {
        return (sysFlag & SysFlag.BORN_HOST_IPV6) == 0 ? IPV4_HOST_BYTES : IPV6_HOST_BYTES;
    }

    public static int storeHostBytes(int sysFlag) {
        return (sysFlag & SysFlag.STORE_HOST_IPV6) == 0 ? IPV4_HOST_BYTES : IPV6_HOST_BYTES;
    }

    /// Where the body's length stands; the body follows it.
    public static int bodyLength(int sysFlag) {
        return BORN_HOST + bornHostBytes(sysFlag) + Long.BYTES + storeHostBytes(sysFlag) + Integer.BYTES + Long.BYTES;
    }

    /// Bytes of the topic's length.
    public static int topicLengthBytes(int magic) {
        return magic == MAGIC_V2 ? Short.BYTES : Byte.BYTES;
    }
}
