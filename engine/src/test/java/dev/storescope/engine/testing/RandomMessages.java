package dev.storescope.engine.testing;

import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.SysFlag;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Messages of every legal shape, drawn from a seed: hosts of both kinds, topics of both versions and in several
/// scripts, bodies of any length and none, properties with and without the usual names, all bits of the flags.
public final class RandomMessages {
    private static final int[] TRANSACTION_TYPES = {SysFlag.TRANSACTION_NONE, SysFlag.TRANSACTION_NONE,
        SysFlag.TRANSACTION_COMMIT, SysFlag.TRANSACTION_PREPARED, SysFlag.TRANSACTION_ROLLBACK};
    private static final int MAX_TOPIC_BYTES = 255;

    private final Random random;
    private final int maxBodyBytes;
    private final String[] topics = new String[6];

    /// @param maxBodyBytes the longest body
    public RandomMessages(long seed, int maxBodyBytes) {
        random = new Random(seed);
        this.maxBodyBytes = maxBodyBytes;
        for (int i = 0; i < topics.length; i++) {
            topics[i] = newTopic();
        }
    }

    /// A message of its own, not delayed.
    public MessageExtBrokerInner next() {
        byte[] body = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(maxBodyBytes + 1)];
        random.nextBytes(body);
        int otherBits = random.nextInt() & ~(SysFlag.TRANSACTION_MASK | SysFlag.BORN_HOST_IPV6
                | SysFlag.STORE_HOST_IPV6);
        return new MessageExtBrokerInner().topic(topics[random.nextInt(topics.length)])
                .queueId(random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(4))
                .flag(random.nextInt())
                .sysFlag(otherBits | TRANSACTION_TYPES[random.nextInt(TRANSACTION_TYPES.length)])
                .body(body)
                .propertiesString(properties())
                .bornTimestamp(random.nextLong())
                .bornHost(host())
                .storeHost(host())
                .reconsumeTimes(random.nextInt())
                .preparedTransactionOffset(random.nextLong());
    }

    private HostAddress host() {
        byte[] address = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(address);
        return HostAddress.of(address, random.nextInt(65_536));
    }

    private String newTopic() {
        int maxBytes = 1 + random.nextInt(MAX_TOPIC_BYTES);
        StringBuilder topic = new StringBuilder();
        boolean ascii = random.nextBoolean();
        while (true) {
            int before = topic.length();
            topic.appendCodePoint(ascii ? 'a' + random.nextInt(26) : character());
            if (topic.toString().getBytes(StandardCharsets.UTF_8).length > maxBytes) {
                topic.setLength(before);
                return topic.isEmpty() ? "t" : topic.toString();
            }
        }
    }

    private String properties() {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            MessageProperties.append(text, MessageProperties.KEYS, text(20));
        }
        if (random.nextBoolean()) {
            MessageProperties.append(text, MessageProperties.TAGS, text(10));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            MessageProperties.append(text, text(8), text(200));
        }
        return text.toString();
    }

    private String text(int maxCharacters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxCharacters); i >= 0; i--) {
            text.appendCodePoint(character());
        }
        return text.toString();
    }

    /// Of one to four bytes in UTF-8; legal in topics and properties.
    private int character() {
        return switch (random.nextInt(4)) {
            case 0 -> '0' + random.nextInt(10);
            case 1 -> 0xC0 + random.nextInt(0x300);
            case 2 -> 0x4E00 + random.nextInt(0x5000);
            default -> 0x1F300 + random.nextInt(0x200);
        };
    }
}
