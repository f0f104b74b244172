package dev.storescope.bench.drive;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What the driver needs of an engine.
///
/// Threads: any for what counts and reads, one owner for the rest.
interface StoreUnderTest {
    void load() throws IOException;

    void start() throws IOException;

    /// Switches the probe on and off, where it can be while the store runs.
    default Optional<Consumer<Boolean>> probeSwitch() {
        return Optional.empty();
    }

    /// For one producer thread.
    Producer newProducer(MessageTexts texts, byte[] body);

    /// For one reading thread.
    Reader newReader();

    /// End of the log, in bytes.
    long maxOffset();

    /// What queues and index do not have yet, in bytes.
    long dispatchBehindBytes();

    /// Whether queues and index have everything and nothing of an opening goes on in the background.
    boolean isWhole();

    /// Messages in one queue.
    long messagesInQueue(String topic, int queueId);

    /// Stops cleanly; the files stay.
    void close();

    /// Stops, and unmaps what it had; the files of this store are not needed any more.
    void discard();

    /// Puts messages, one at a time.
    interface Producer {
        /// @return whether it was acknowledged
        boolean put(long number);

        /// The future tells whether it was acknowledged, through [#isAcknowledged].
        CompletableFuture<?> putAsync(long number);

        boolean isAcknowledged(CompletableFuture<?> put);
    }

    /// Reads messages as a consumer does.
    interface Reader {
        /// Reads up to 32 messages of a queue and every byte of them.
        ///
        /// @param tally gets messages, bytes and a sum of what was read
        /// @return where the queue goes on; `queueOffset` at its end
        long read(String topic, int queueId, long queueOffset, ReadTally tally);
    }

    /// What was read; the sum keeps the reading from being left out by the compiler.
    final class ReadTally {
        long messages;
        long bytes;
        long sum;
    }
}
