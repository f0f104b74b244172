package dev.storescope.engine.api;

import java.util.Map;
import java.util.Objects;

/// A message on its way into the store (RocketMQ `MessageExtBrokerInner`).
///
/// Mutable, so that a producer may fill one instance again and again; the store keeps no reference to it or to its
/// body after `asyncPutMessage` has returned.
///
/// Threads: one at a time.
public final class MessageExtBrokerInner {
    private static final HostAddress LOOPBACK = HostAddress.of("127.0.0.1", 0);
    private static final byte[] EMPTY = {};

    private String topic = "";
    private int queueId;
    private int flag;
    private int sysFlag;
    private byte[] body = EMPTY;
    private int bodySizeBytes;
    private String propertiesString = "";
    private long bornTimestamp;
    private HostAddress bornHost = LOOPBACK;
    private HostAddress storeHost = LOOPBACK;
    private int reconsumeTimes;
    private long preparedTransactionOffset;
    private boolean waitStoreMsgOk = true;
    private int delayTimeLevel;

    public String topic() {
        return topic;
    }

    public MessageExtBrokerInner topic(String topic) {
        this.topic = Objects.requireNonNull(topic, "topic");
        return this;
    }

    public int queueId() {
        return queueId;
    }

    public MessageExtBrokerInner queueId(int queueId) {
        this.queueId = queueId;
        return this;
    }

    /// The user's own flag, stored as it is.
    public int flag() {
        return flag;
    }

    public MessageExtBrokerInner flag(int flag) {
        this.flag = flag;
        return this;
    }

    /// Bits of [SysFlag]; the store adds those that tell IPv6 hosts.
    public int sysFlag() {
        return sysFlag;
    }

    public MessageExtBrokerInner sysFlag(int sysFlag) {
        this.sysFlag = sysFlag;
        return this;
    }

    /// The array that holds the body in its first [#bodySizeBytes()] bytes; not copied.
    public byte[] body() {
        return body;
    }

    public int bodySizeBytes() {
        return bodySizeBytes;
    }

    public MessageExtBrokerInner body(byte[] body) {
        return body(body, body.length);
    }

    /// @param sizeBytes how many of the first bytes of `body` are the body, 0 to `body.length`
    public MessageExtBrokerInner body(byte[] body, int sizeBytes) {
        Objects.checkFromIndexSize(0, sizeBytes, body.length);
        this.body = body;
        this.bodySizeBytes = sizeBytes;
        return this;
    }

    /// The text that is written, see [MessageProperties]. One that begins or ends with U+0000, or has 512 of them in a
    /// row, is refused: after a crash it could not be told from one that did not come to the disk as a whole.
    public String propertiesString() {
        return propertiesString;
    }

    public MessageExtBrokerInner propertiesString(String propertiesString) {
        this.propertiesString = Objects.requireNonNull(propertiesString, "propertiesString");
        return this;
    }

    /// Sets the properties text, and from the properties `DELAY` and `WAIT` the fields that they stand for.
    public MessageExtBrokerInner properties(Map<String, String> properties) {
        String delay = properties.get(MessageProperties.DELAY);
        if (delay != null) {
            delayTimeLevel = Integer.parseInt(delay);
        }
        String wait = properties.get(MessageProperties.WAIT);
        if (wait != null) {
            waitStoreMsgOk = Boolean.parseBoolean(wait);
        }
        return propertiesString(MessageProperties.encode(properties));
    }

    /// Milliseconds since 1970, by the client's clock.
    public long bornTimestamp() {
        return bornTimestamp;
    }

    public MessageExtBrokerInner bornTimestamp(long bornTimestamp) {
        this.bornTimestamp = bornTimestamp;
        return this;
    }

    public HostAddress bornHost() {
        return bornHost;
    }

    public MessageExtBrokerInner bornHost(HostAddress bornHost) {
        this.bornHost = Objects.requireNonNull(bornHost, "bornHost");
        return this;
    }

    public HostAddress storeHost() {
        return storeHost;
    }

    public MessageExtBrokerInner storeHost(HostAddress storeHost) {
        this.storeHost = Objects.requireNonNull(storeHost, "storeHost");
        return this;
    }

    public int reconsumeTimes() {
        return reconsumeTimes;
    }

    public MessageExtBrokerInner reconsumeTimes(int reconsumeTimes) {
        this.reconsumeTimes = reconsumeTimes;
        return this;
    }

    public long preparedTransactionOffset() {
        return preparedTransactionOffset;
    }

    public MessageExtBrokerInner preparedTransactionOffset(long preparedTransactionOffset) {
        this.preparedTransactionOffset = preparedTransactionOffset;
        return this;
    }

    /// Under sync flush: whether the put is answered only after the force (the default).
    public boolean waitStoreMsgOk() {
        return waitStoreMsgOk;
    }

    public MessageExtBrokerInner waitStoreMsgOk(boolean waitStoreMsgOk) {
        this.waitStoreMsgOk = waitStoreMsgOk;
        return this;
    }

    /// 0 for none, 1 to 18 for the levels of `messageDelayLevel`.
    public int delayTimeLevel() {
        return delayTimeLevel;
    }

    public MessageExtBrokerInner delayTimeLevel(int delayTimeLevel) {
        this.delayTimeLevel = delayTimeLevel;
        return this;
    }
}
