package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.log.MessageLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Takes a sound record apart: which bytes are which field. Together the fields cover every byte once, in order.
///
/// Threads: one.
final class RecordFields {
    private static final int MOST_BODY_CHARS = 400;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final MessageExt message;
    private final ByteBuffer bytes;
    private final List<FieldSpan> fields = new ArrayList<>();
    private int position;

    private RecordFields(MessageExt message, byte[] bytes) {
        this.message = message;
        this.bytes = ByteBuffer.wrap(bytes);
    }

    static List<FieldSpan> of(MessageExt message, byte[] bytes) {
        return new RecordFields(message, bytes).all();
    }

    private List<FieldSpan> all() {
        add("TOTALSIZE", Integer.BYTES, message.storeSizeBytes());
        add("MAGICCODE", Integer.BYTES, hex(message.magic()));
        add("BODYCRC", Integer.BYTES, hex(message.bodyCrc32()));
        add("QUEUEID", Integer.BYTES, message.queueId());
        add("FLAG", Integer.BYTES, message.flag());
        add("QUEUEOFFSET", Long.BYTES, message.queueOffset());
        add("PHYSICALOFFSET", Long.BYTES, message.commitLogOffset());
        add("SYSFLAG", Integer.BYTES, hex(message.sysFlag()));
        add("BORNTIMESTAMP", Long.BYTES, time(message.bornTimestamp()));
        add("BORNHOST", MessageLayout.bornHostBytes(message.sysFlag()), message.bornHost());
        add("STORETIMESTAMP", Long.BYTES, time(message.storeTimestamp()));
        add("STOREHOST", MessageLayout.storeHostBytes(message.sysFlag()), message.storeHost());
        add("RECONSUMETIMES", Integer.BYTES, message.reconsumeTimes());
        add("PREPAREDTRANSACTIONOFFSET", Long.BYTES, message.preparedTransactionOffset());
        add("BODYLENGTH", Integer.BYTES, message.body().length);
        add("BODY", message.body().length, body());
        int topicLength = message.magic() == MessageLayout.MAGIC_V2 ? bytes.getShort(position) : bytes.get(position);
        add("TOPICLENGTH", MessageLayout.topicLengthBytes(message.magic()), topicLength);
        add("TOPIC", topicLength, message.topic());
        int propertiesLength = bytes.getShort(position);
        add("PROPERTIESLENGTH", Short.BYTES, propertiesLength);
        add("PROPERTIES", propertiesLength, String.join(", ",
                message.properties().entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList()));
        return List.copyOf(fields);
    }

    private void add(String name, int sizeBytes, Object value) {
        fields.add(new FieldSpan(name, position, position + sizeBytes, String.valueOf(value)));
        position += sizeBytes;
    }

    private static String hex(int value) {
        return "0x" + HEX.toHexDigits(value);
    }

    /// What is beyond the calendar stays a number.
    private static String time(long millis) {
        return millis < 0 || millis > 253_402_300_799_999L
                ? Long.toString(millis)
                : millis + " (" + Instant.ofEpochMilli(millis) + ")";
    }

    /// As text where it is text, else in hex; its beginning where it is long.
    private String body() {
        byte[] body = message.body();
        String text = new String(body, 0, Math.min(body.length, MOST_BODY_CHARS), StandardCharsets.UTF_8);
        boolean isText = text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F);
        String shown = isText && text.indexOf('\uFFFD') < 0
                ? text
                : HEX.formatHex(body, 0, Math.min(body.length, MOST_BODY_CHARS / 4));
        return shown.length() < body.length && body.length > MOST_BODY_CHARS / 4 ? shown + " …" : shown;
    }
}
