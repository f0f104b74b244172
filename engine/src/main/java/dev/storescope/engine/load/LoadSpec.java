package dev.storescope.engine.load;

import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.load.LoadSpecException.Limit;
import dev.storescope.engine.log.MessageLayout;
import java.util.Locale;

/// What a load sends, how fast, and until when. Immutable; checked when built.
///
/// The message `i` of producer `p` has the same topic, queue, body, key and tag in every run with the same spec.
///
/// @param producers threads that put; above [#MAX_PLATFORM_PRODUCERS] they are light ones
/// @param pacing when messages are sent
/// @param body how long bodies are
/// @param topics number of topics, `topic-0` on
/// @param queuesPerTopic number of queues of each
/// @param keys whether each message has a key of its own
/// @param tags number of distinct tags; 0 for messages without
/// @param extraPropertyBytes length of a further property's value; 0 for none
/// @param batchSize messages in one put; above 1 they go as a batch to one topic and queue
/// @param waitStoreMsgOk under sync flush: whether a put is answered only after the force
/// @param maxLatenessNs open loop: a message that could not be sent within this time after its moment is given up and
///     counted as missed
/// @param limits when it ends by itself
/// @param seed of all that is random
public record LoadSpec(int producers, Pacing pacing, BodySize body, int topics, int queuesPerTopic, boolean keys,
        int tags, int extraPropertyBytes, int batchSize, boolean waitStoreMsgOk, long maxLatenessNs, LoadLimits limits,
        long seed) {
    public static final int MAX_PRODUCERS = 256;
    /// More producers than this run on virtual threads.
    public static final int MAX_PLATFORM_PRODUCERS = 32;
    /// Bodies are built in memory of the load's own, this much at most for all producers.
    private static final long MAX_BUFFER_BYTES = 1L << 30;
    /// Key, tag and separators beside the extra property.
    private static final int OTHER_PROPERTY_BYTES = 256;

    public LoadSpec {
        check("producers", 1, MAX_PRODUCERS, "", producers);
        check("topics", 1, 10_000, "", topics);
        check("queues per topic", 1, 1_024, "", queuesPerTopic);
        check("tags", 0, 10_000, "", tags);
        check("extra property", 0, MessageProperties.MAX_BYTES - OTHER_PROPERTY_BYTES, "bytes", extraPropertyBytes);
        check("batch", 1, 1_024, "messages", batchSize);
        check("lateness", 0, 3_600_000_000_000L, "ns", maxLatenessNs);
        check(Limit.BODIES_BYTES, "producers x batch x longest body", 0, MAX_BUFFER_BYTES, "bytes",
                (double) producers * batchSize * body.maxBytes());
    }

    /// In shorter log files than this no put of the longest bodies has room; topic and properties take a little more.
    public long leastLogFileBytes() {
        return (long) batchSize * (MessageLayout.MIN_BYTES + body.maxBytes()) + MessageLayout.BLANK_BYTES;
    }

    /// One producer in a closed loop, 1 KiB bodies, one topic with four queues.
    public static Builder builder() {
        return new Builder();
    }

    /// A builder that starts from this spec.
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.producers = producers;
        builder.pacing = pacing;
        builder.body = body;
        builder.topics = topics;
        builder.queuesPerTopic = queuesPerTopic;
        builder.keys = keys;
        builder.tags = tags;
        builder.extraPropertyBytes = extraPropertyBytes;
        builder.batchSize = batchSize;
        builder.waitStoreMsgOk = waitStoreMsgOk;
        builder.maxLatenessNs = maxLatenessNs;
        builder.limits = limits;
        builder.seed = seed;
        return builder;
    }

    static void check(String field, double min, double max, String unit, double found) {
        check(Limit.ONE_VALUE, field, min, max, unit, found);
    }

    static void check(Limit limit, String field, double min, double max, String unit, double found) {
        if (!(found >= min && found <= max)) {
            throw new LoadSpecException(limit, min, max, found,
                    outOfRange(field, number(min), number(max), unit, number(found)));
        }
    }

    static void check(String field, long min, long max, String unit, long found) {
        if (found < min || found > max) {
            throw new LoadSpecException(Limit.ONE_VALUE, min, max, found,
                    outOfRange(field, number(min), number(max), unit, number(found)));
        }
    }

    private static String outOfRange(String field, String min, String max, String unit, String found) {
        return "load, %s: expected %s, found %s".formatted(field, "%s to %s %s".formatted(min, max, unit).strip(),
                found);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? number((long) value) : Double.toString(value);
    }

    /// Gathers a [LoadSpec].
    public static final class Builder {
        private int producers = 1;
        private Pacing pacing = new Pacing.ClosedLoop();
        private BodySize body = new BodySize.Fixed(1024);
        private int topics = 1;
        private int queuesPerTopic = 4;
        private boolean keys;
        private int tags;
        private int extraPropertyBytes;
        private int batchSize = 1;
        private boolean waitStoreMsgOk = true;
        private long maxLatenessNs = 1_000_000_000;
        private LoadLimits limits = LoadLimits.DEFAULT;
        private long seed = 1;

        private Builder() {
        }

        public Builder producers(int producers) {
            this.producers = producers;
            return this;
        }

        public Builder pacing(Pacing pacing) {
            this.pacing = pacing;
            return this;
        }

        public Builder body(BodySize body) {
            this.body = body;
            return this;
        }

        public Builder topics(int topics) {
            this.topics = topics;
            return this;
        }

        public Builder queuesPerTopic(int queuesPerTopic) {
            this.queuesPerTopic = queuesPerTopic;
            return this;
        }

        public Builder keys(boolean keys) {
            this.keys = keys;
            return this;
        }

        public Builder tags(int tags) {
            this.tags = tags;
            return this;
        }

        public Builder extraPropertyBytes(int extraPropertyBytes) {
            this.extraPropertyBytes = extraPropertyBytes;
            return this;
        }

        public Builder batchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        public Builder waitStoreMsgOk(boolean waitStoreMsgOk) {
            this.waitStoreMsgOk = waitStoreMsgOk;
            return this;
        }

        public Builder maxLatenessNs(long maxLatenessNs) {
            this.maxLatenessNs = maxLatenessNs;
            return this;
        }

        public Builder limits(LoadLimits limits) {
            this.limits = limits;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /// Throws [LoadSpecException] that names the field, its range and what was given.
        public LoadSpec build() {
            return new LoadSpec(producers, pacing, body, topics, queuesPerTopic, keys, tags, extraPropertyBytes,
                    batchSize, waitStoreMsgOk, maxLatenessNs, limits, seed);
        }
    }
}
