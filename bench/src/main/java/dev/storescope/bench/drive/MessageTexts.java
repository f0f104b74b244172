package dev.storescope.bench.drive;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// What the messages of all producers say: 4 topics of 13 bytes with 4 queues each, 85 bytes of properties with two keys.
///
/// The texts are made beforehand, so that the driver itself allocates nothing for a put. There are enough of them for
/// the index to meet slots that are not in the processor's cache.
///
/// Threads: any.
final class MessageTexts {
    static final int QUEUES = 4;
    private static final int TEXTS = 1 << 18;
    private static final int PROPERTIES_BYTES = 85;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final char NAME_END = 1;
    private static final char PAIR_END = 2;
    private static final List<String> TOPICS = List.of("bench-topic-0", "bench-topic-1", "bench-topic-2",
            "bench-topic-3");

    private final String[] topics = TOPICS.toArray(String[]::new);
    private final String[] properties = new String[TEXTS];

    MessageTexts(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            properties[i] = text(HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits((long) i),
                    "order-" + HEX.toHexDigits(random.nextLong()) + "-" + HEX.toHexDigits((short) i));
        }
        if (properties[0].length() != PROPERTIES_BYTES) {
            throw new IllegalStateException("expected %d bytes of properties, found %d: %s".formatted(PROPERTIES_BYTES,
                    properties[0].length(), properties[0]));
        }
    }

    private static String text(String uniqueKey, String key) {
        return pair("UNIQ_KEY", uniqueKey) + pair("KEYS", key) + pair("WAIT", "true");
    }

    private static String pair(String name, String value) {
        return name + NAME_END + value + PAIR_END;
    }

    static List<String> topics() {
        return TOPICS;
    }

    String topic(long number) {
        return topics[(int) (number & 3)];
    }

    static int queueId(long number) {
        return (int) (number >>> 2 & 3);
    }

    String properties(long number) {
        return properties[(int) (number & TEXTS - 1)];
    }

    static byte[] body(int sizeBytes, long seed) {
        byte[] body = new byte[sizeBytes];
        new Random(seed).nextBytes(body);
        return body;
    }
}
