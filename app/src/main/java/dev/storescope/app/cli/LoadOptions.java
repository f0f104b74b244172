package dev.storescope.app.cli;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// What `load` sends, how fast and how long.
final class LoadOptions {
    private static final double MIN_PER_SECOND = 0.001;

    @ArgGroup(exclusive = true) private Length length = new Length();

    @Option(names = "--producers", paramLabel = "P", defaultValue = "1",
            description = "Producers, 1 to 256; each waits for the answer to its put. More than 32 are virtual threads. Default: ${DEFAULT-VALUE}.") private int producers;

    @Option(names = "--rate", paramLabel = "R",
            description = "Messages a second of all producers together (open loop). Without it each producer sends its next message as soon as the last one is answered (closed loop).") private Optional<Double> rate;

    @Option(names = "--body", paramLabel = "BYTES|MIN-MAX", defaultValue = "1K", converter = BodyConverter.class,
            description = "Size of the bodies, such as 1K or 100-4K. Default: ${DEFAULT-VALUE}.") private BodySize body;

    @Option(names = "--topics", paramLabel = "T", defaultValue = "1",
            description = "Topics, named topic-0 on. Default: ${DEFAULT-VALUE}.") private int topics;

    @Option(names = "--queues", paramLabel = "Q", defaultValue = "4",
            description = "Queues of each topic. Default: ${DEFAULT-VALUE}.") private int queues;

    @Option(names = "--keys", description = "Give each message a key of its own.") private boolean keys;

    @Option(names = "--tags", paramLabel = "N", defaultValue = "0",
            description = "Give each message one of N tags. Default: none.") private int tags;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1",
            description = "Put N messages at a time, as a batch of one topic and queue. Default: ${DEFAULT-VALUE}.") private int batch;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Makes topics, queues, bodies and keys repeatable, for each producer. Default: ${DEFAULT-VALUE}.") private long seed;

    @Option(names = "--max-log", paramLabel = "SIZE", defaultValue = "4G", converter = SizeConverter.class,
            description = "End when the log is this long. Default: ${DEFAULT-VALUE}.") private long maxLogBytes;

    @Option(names = "--min-free", paramLabel = "PERCENT", defaultValue = "10",
            description = "End when less of the disk is free. Default: ${DEFAULT-VALUE}.") private double minFreePercent;

    /// What ends the load.
    private static final class Length {
        @Option(names = "--messages", paramLabel = "N",
                description = "Put N messages.") private Optional<Long> messages = Optional.empty();

        @Option(names = "--seconds", paramLabel = "S",
                description = "Put messages for S seconds.") private Optional<Double> seconds = Optional.empty();
    }

    /// Whether neither a number of messages nor a time was asked for.
    boolean isEndless() {
        return length.messages.isEmpty() && length.seconds.isEmpty();
    }

    LoadSpec spec() {
        LoadLimits limits = LoadLimits.DEFAULT.withLogBytes(maxLogBytes)
                .withMinFreeDiskRatio(minFreePercent / 100);
        if (length.messages.isPresent()) {
            limits = limits.withMessages(length.messages.get());
        }
        if (length.seconds.isPresent()) {
            limits = limits.withSeconds(length.seconds.get());
        }
        return LoadSpec.builder()
                .producers(producers)
                .pacing(rate.<Pacing>map(LoadOptions::constant).orElseGet(Pacing.ClosedLoop::new))
                .body(body)
                .topics(topics)
                .queuesPerTopic(queues)
                .keys(keys)
                .tags(tags)
                .batchSize(batch)
                .limits(limits)
                .seed(seed)
                .build();
    }

    /// A rate of 0, of which the window makes use, would never end here.
    private static Pacing constant(double perSecond) {
        if (!(perSecond >= MIN_PER_SECOND)) {
            throw new StoreException("rate: expected %s to %.0f messages/s, found %s".formatted(MIN_PER_SECOND,
                    Pacing.MAX_PER_SECOND, perSecond));
        }
        return new Pacing.Constant(perSecond);
    }
}
