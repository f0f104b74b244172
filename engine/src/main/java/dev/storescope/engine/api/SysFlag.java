package dev.storescope.engine.api;

/// Bits of a record's SYSFLAG (RocketMQ `MessageSysFlag`).
public final class SysFlag {
    public static final int COMPRESSED = 0x1;
    public static final int MULTI_TAGS = 0x2;
    public static final int TRANSACTION_MASK = 0xC;
    public static final int TRANSACTION_NONE = 0;
    public static final int TRANSACTION_PREPARED = 0x4;
    public static final int TRANSACTION_COMMIT = 0x8;
    public static final int TRANSACTION_ROLLBACK = 0xC;
    public static final int BORN_HOST_IPV6 = 0x10;
    public static final int STORE_HOST_IPV6 = 0x20;

    private SysFlag() {
    }

    public static int transactionType(int sysFlag) {
        return sysFlag & TRANSACTION_MASK;
    }

    /// Prepared and rolled-back messages get queue offset 0 and never enter a consume queue.
    public static boolean entersQueue(int sysFlag) {
        int type = transactionType(sysFlag);
        return type == TRANSACTION_NONE || type == TRANSACTION_COMMIT;
    }
}
