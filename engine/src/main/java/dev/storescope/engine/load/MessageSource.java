package dev.storescope.engine.load;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import java.nio.ByteBuffer;

/// Makes the messages of one producer.
///
/// Every choice is drawn from seed, producer and number of the message. A body begins with the producer (int) and the
/// number (long), as far as it is long enough; the rest is a piece of random bytes that all producers share. Makes no
/// garbage, but for the text of a key.
///
/// Threads: one at a time.
final class MessageSource {
    /// Pieces begin at so many different places of the random bytes.
    private static final int START_POSITIONS = 1 << 16;
    private static final int TOPIC = 0;
    private static final int QUEUE = 1;
    private static final int BODY_SIZE = 2;
    private static final int BODY_START = 3;
    private static final int TAG = 4;

    private final LoadSpec spec;
    private final int producer;
    private final long stream;
    private final RandomBytes randomBytes;
    private final String[] topics;
    /// The properties text without a key, for each tag; one without when there are no tags.
    private final String[] propertiesByTag;
    private final StringBuilder propertiesBuilder = new StringBuilder(128);

    MessageSource(LoadSpec spec, int producer, RandomBytes randomBytes) {
        this.spec = spec;
        this.producer = producer;
        this.randomBytes = randomBytes;
        stream = Seeded.stream(spec.seed(), producer);
        topics = new String[spec.topics()];
        for (int topic = 0; topic < topics.length; topic++) {
            topics[topic] = "topic-" + topic;
        }
        propertiesByTag = new String[Math.max(1, spec.tags())];
        for (int tag = 0; tag < propertiesByTag.length; tag++) {
            propertiesByTag[tag] = propertiesWithTag(tag);
        }
    }

    /// The messages that a body was never made for: those with a buffer of their own.
    static MessageExtBrokerInner newMessage(LoadSpec spec) {
        return new MessageExtBrokerInner().body(new byte[spec.body().maxBytes()]);
    }

    /// @param message made by [#newMessage]; gets everything but its born time
    /// @param sequence number of the message among those of this producer
    /// @param batchHead number of the first message of its batch, which decides topic and queue
    void fill(MessageExtBrokerInner message, long sequence, long batchHead) {
        byte[] body = message.body();
        int sizeBytes = spec.body().draw(bits(sequence, BODY_SIZE));
        randomBytes.copyTo(body, sizeBytes, Seeded.bounded(bits(sequence, BODY_START), START_POSITIONS));
        stamp(body, sizeBytes, sequence);
        message.body(body, sizeBytes)
                .topic(topics[Seeded.bounded(bits(batchHead, TOPIC), topics.length)])
                .queueId(Seeded.bounded(bits(batchHead, QUEUE), spec.queuesPerTopic()))
                .waitStoreMsgOk(spec.waitStoreMsgOk())
                .propertiesString(properties(sequence, Seeded.bounded(bits(sequence, TAG), propertiesByTag.length)));
    }

    private long bits(long sequence, int purpose) {
        return Seeded.bits(stream, sequence, purpose);
    }

    private void stamp(byte[] body, int sizeBytes, long sequence) {
        for (int i = 0; i < Math.min(sizeBytes, Integer.BYTES + Long.BYTES); i++) {
            body[i] = i < Integer.BYTES
                    ? (byte) (producer >>> (24 - 8 * i))
                    : (byte) (sequence >>> (56 - 8 * (i - Integer.BYTES)));
        }
    }

    private String properties(long sequence, int tag) {
        if (!spec.keys()) {
            return propertiesByTag[tag];
        }
        propertiesBuilder.setLength(0);
        propertiesBuilder.append(MessageProperties.KEYS)
                .append('\u0001')
                .append('p')
                .append(producer)
                .append('-')
                .append(sequence)
                .append('\u0002')
                .append(propertiesByTag[tag]);
        return propertiesBuilder.toString();
    }

    private String propertiesWithTag(int tag) {
        StringBuilder text = new StringBuilder();
        if (spec.tags() > 0) {
            MessageProperties.append(text, MessageProperties.TAGS, "tag-" + tag);
        }
        if (spec.extraPropertyBytes() > 0) {
            MessageProperties.append(text, "filler", "x".repeat(spec.extraPropertyBytes()));
        }
        return text.toString();
    }

    /// Random bytes that the bodies of one load are pieces of. Unchangeable once made.
    static final class RandomBytes {
        private final byte[] bytes;

        RandomBytes(LoadSpec spec) {
            bytes = new byte[START_POSITIONS + spec.body().maxBytes()];
            ByteBuffer target = ByteBuffer.wrap(bytes);
            long stream = Seeded.stream(spec.seed(), -1);
            for (long word = 0; target.remaining() >= Long.BYTES; word++) {
                target.putLong(Seeded.bits(stream, word, 0));
            }
        }

        void copyTo(byte[] body, int sizeBytes, int start) {
            System.arraycopy(bytes, start, body, 0, sizeBytes);
        }
    }
}
