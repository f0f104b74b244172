package dev.storescope.engine.conformance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A message that both stores can be given.
///
/// @param sysFlag without the bits that say of what kind the hosts are
/// @param delayLevel 0 for none
record TestMessage(String topic, int queueId, int flag, int sysFlag, byte[] body, Map<String, String> properties,
        long bornTimestamp, InetSocketAddress bornHost, InetSocketAddress storeHost, int reconsumeTimes,
        long preparedTransactionOffset, int delayLevel) {
    static final String KEYS = "KEYS";
    static final String TAGS = "TAGS";
    static final String UNIQ_KEY = "UNIQ_KEY";
    private static final int LONG_TOPIC_CHARS = 200;
    private static final int MAX_BODY_BYTES = 3_000;
    private static final int[] TRANSACTIONS = {0x4, 0x8, 0xC};
    private static final int LEVELS = 18;

    /// What is put with one call: one message, or the messages of a batch.
    static List<List<TestMessage>> puts(long seed, int count) {
        Random random = new Random(seed);
        List<List<TestMessage>> puts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = seed + "-" + i;
            puts.add(switch (i % 10) {
                case 3 -> batch(random, id);
                case 5 -> List.of(delayed(random, id));
                case 7 -> List.of(transactional(random, id));
                default -> List.of(one(random, id, topic(random), random.nextInt(4)));
            });
        }
        return puts;
    }

    private static List<TestMessage> batch(Random random, String id) {
        String topic = topic(random);
        int queueId = random.nextInt(4);
        TestMessage first = one(random, id + "-0", topic, queueId);
        List<TestMessage> messages = new ArrayList<>(List.of(first));
        for (int i = 1; i < 2 + random.nextInt(4); i++) {
            TestMessage other = one(random, id + "-" + i, topic, queueId);
            // One client sends a batch at one time: hosts, times and flags are those of the batch.
            messages.add(new TestMessage(topic, queueId, other.flag, first.sysFlag, other.body, other.properties,
                    first.bornTimestamp, first.bornHost, first.storeHost, first.reconsumeTimes, 0, 0));
        }
        messages.set(0, new TestMessage(topic, queueId, first.flag, first.sysFlag, first.body, first.properties,
                first.bornTimestamp, first.bornHost, first.storeHost, first.reconsumeTimes, 0, 0));
        return messages;
    }

    private static TestMessage delayed(Random random, String id) {
        TestMessage message = one(random, id, topic(random), random.nextInt(4));
        return new TestMessage(message.topic, message.queueId, message.flag, message.sysFlag, message.body,
                message.properties, message.bornTimestamp, message.bornHost, message.storeHost, message.reconsumeTimes,
                message.preparedTransactionOffset, 1 + random.nextInt(LEVELS));
    }

    private static TestMessage transactional(Random random, String id) {
        TestMessage message = one(random, id, topic(random), random.nextInt(4));
        return new TestMessage(message.topic, message.queueId, message.flag,
                TRANSACTIONS[random.nextInt(TRANSACTIONS.length)], message.body, message.properties,
                message.bornTimestamp, message.bornHost, message.storeHost, message.reconsumeTimes, random.nextInt(),
                0);
    }

    private static TestMessage one(Random random, String id, String topic, int queueId) {
        byte[] body = new byte[random.nextInt(8) == 0 ? 1 : 1 + random.nextInt(MAX_BODY_BYTES)];
        random.nextBytes(body);
        Map<String, String> properties = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            properties.put(KEYS, random.nextBoolean() ? "order-" + id : "order-" + id + " customer-" + id);
        }
        if (random.nextInt(4) > 0) {
            properties.put(TAGS, "tag" + random.nextInt(3));
        }
        properties.put(UNIQ_KEY, "7F0000010000" + id);
        properties.put("名字", "值" + random.nextInt(100));
        return new TestMessage(topic, queueId, random.nextInt(), 0, body, properties,
                1_700_000_000_000L + random.nextInt(), host(random), host(random), random.nextInt(5), 0, 0);
    }

    /// Longer ones than 127 characters make records of version 2.
    private static String topic(Random random) {
        return random.nextInt(5) == 0 ? "t".repeat(LONG_TOPIC_CHARS) : "topic-" + random.nextInt(3);
    }

    private static InetSocketAddress host(Random random) {
        byte[] address = new byte[random.nextInt(3) == 0 ? 16 : 4];
        random.nextBytes(address);
        address[0] = 10; // none of the addresses that mean something
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), random.nextInt(65_536));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    boolean entersQueue() {
        return (sysFlag & 0xC) == 0 || (sysFlag & 0xC) == 0x8;
    }

    /// As its record is to have them.
    int sysFlagWithHosts() {
        return sysFlag | (bornHost.getAddress().getAddress().length == 16 ? 0x10 : 0)
                | (storeHost.getAddress().getAddress().length == 16 ? 0x20 : 0);
    }

    /// The message as it waits in the schedule topic, which is where a broker's hook puts it; itself when it is not
    /// delayed.
    TestMessage stored() {
        if (delayLevel == 0) {
            return this;
        }
        Map<String, String> waiting = new LinkedHashMap<>(properties);
        waiting.put("DELAY", Integer.toString(delayLevel));
        waiting.put("REAL_TOPIC", topic);
        waiting.put("REAL_QID", Integer.toString(queueId));
        return new TestMessage("SCHEDULE_TOPIC_XXXX", delayLevel - 1, flag, sysFlag, body, waiting, bornTimestamp,
                bornHost, storeHost, reconsumeTimes, preparedTransactionOffset, 0);
    }

    String propertiesText() {
        StringBuilder text = new StringBuilder();
        properties.forEach((name, value) -> text.append(name).append('\u0001').append(value).append('\u0002'));
        return text.toString();
    }

    /// What the store has to give back.
    Line line(long commitLogOffset, long queueOffset, long storeTimestamp) {
        TestMessage stored = stored();
        return new Line(commitLogOffset, stored.topic, stored.queueId, entersQueue() ? queueOffset : 0, flag,
                sysFlagWithHosts(), bornTimestamp, Line.host(bornHost.getAddress().getAddress(), bornHost.getPort()),
                storeTimestamp, Line.host(storeHost.getAddress().getAddress(), storeHost.getPort()), reconsumeTimes,
                preparedTransactionOffset, Line.hex(body),
                Line.properties(stored.properties));
    }
}
