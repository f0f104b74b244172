package dev.storescope.app.cli;

import dev.storescope.engine.inspect.MessageSelection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which messages `inspect` lists.
final class MessageOptions {
    @Option(names = "--messages", required = true,
            description = "List the messages, one a line; with --json one JSON object a line, with the fields of --acks.") private boolean messages;

    @Option(names = "--topic", paramLabel = "T",
            description = "Only those of this topic.") private Optional<String> topic;

    @Option(names = "--queue", paramLabel = "Q",
            description = "Only those of this queue; needs --topic.") private Optional<Integer> queue;

    @Option(names = "--from", paramLabel = "OFFSET",
            description = "Only those from this offset on: a log offset in bytes, or with --queue a queue offset in entries.") private Optional<Long> from;

    @Option(names = "--key", paramLabel = "K",
            description = "Only those with this unique key, or with this word among their keys.") private Optional<String> key;

    @Option(names = "--max", paramLabel = "N", description = "No more than so many.") private Optional<Long> max;

    boolean areWanted() {
        return messages;
    }

    /// Throws [ParameterException] when they do not go together.
    MessageSelection filter(CommandLine commandLine) {
        if (queue.isPresent() && topic.isEmpty()) {
            throw new ParameterException(commandLine, "--queue %d: expected a --topic with it, found none".formatted(
                    queue.get()));
        }
        requireNotBelow(commandLine, "--from", from, 0);
        requireNotBelow(commandLine, "--max", max, 1);
        OptionalLong fromQueueOffset = queue.isPresent() && from.isPresent()
                ? OptionalLong.of(from.get())
                : OptionalLong.empty();
        return new MessageSelection(topic, queue.map(OptionalInt::of).orElse(OptionalInt.empty()),
                fromQueueOffset.isPresent() ? 0 : from.orElse(0L), fromQueueOffset, key, max.orElse(Long.MAX_VALUE));
    }

    private static void requireNotBelow(CommandLine commandLine, String name, Optional<Long> value, long lowest) {
        if (value.isPresent() && value.get() < lowest) {
            throw new ParameterException(commandLine,
                    "%s: expected %d or more, found %d".formatted(name, lowest, value.get()));
        }
    }
}
