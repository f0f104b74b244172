package dev.storescope.engine.conformance;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every field of a stored message, as a line of text that both processes write and compare.
///
/// @param bornHost address in hex and port
/// @param storeHost likewise
/// @param body in hex
/// @param properties their names and values, by name, in hex
record Line(long commitLogOffset, String topic, int queueId, long queueOffset, int flag, int sysFlag,
        long bornTimestamp, String bornHost, long storeTimestamp, String storeHost, int reconsumeTimes,
        long preparedTransactionOffset, String body, String properties) {
    private static final HexFormat HEX = HexFormat.of();
    private static final char NAME_END = '=';
    private static final char PAIR_END = '\n';
    private static final int FIELDS = 14;

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static String host(byte[] address, int port) {
        return hex(address) + ":" + port;
    }

    static String properties(Map<String, String> properties) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(properties)
                .forEach((name, value) -> text.append(name).append(NAME_END).append(value).append(PAIR_END));
        return hex(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return String.join(" ", Long.toString(commitLogOffset), topic, Integer.toString(queueId),
                Long.toString(queueOffset), Integer.toString(flag), Integer.toString(sysFlag),
                Long.toString(bornTimestamp), bornHost, Long.toString(storeTimestamp), storeHost,
                Integer.toString(reconsumeTimes), Long.toString(preparedTransactionOffset), body, properties);
    }

    static Line parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("expected %d fields, found %s".formatted(FIELDS, text));
        }
        return new Line(Long.parseLong(fields[0]), fields[1], Integer.parseInt(fields[2]), Long.parseLong(fields[3]),
                Integer.parseInt(fields[4]), Integer.parseInt(fields[5]), Long.parseLong(fields[6]), fields[7],
                Long.parseLong(fields[8]), fields[9], Integer.parseInt(fields[10]), Long.parseLong(fields[11]),
                fields[12], fields[13]);
    }

    /// The value of a property, "" when it has none.
    String property(String name) {
        String text = new String(HEX.parseHex(properties), StandardCharsets.UTF_8);
        for (String pair : text.split(String.valueOf(PAIR_END))) {
            if (pair.startsWith(name + NAME_END)) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    /// The unique key and the words of the keys.
    List<String> keys() {
        return List.of((property(TestMessage.UNIQ_KEY) + " " + property(TestMessage.KEYS)).strip().split(" "));
    }

    boolean entersQueue() {
        return (sysFlag & 0xC) == 0 || (sysFlag & 0xC) == 0x8;
    }

    boolean isIndexed() {
        return (sysFlag & 0xC) != 0xC;
    }
}
