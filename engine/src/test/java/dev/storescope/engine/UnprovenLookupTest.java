package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks for a message by time in a part of the log that has damage, while nobody has proven it since the opening.
class UnprovenLookupTest {
    private static final String PROOF = "LogProofService";

    @TempDir private Path folder;
    private Path directory;
    private AppendMessageResult last;
    private AppendMessageResult secondLast;

    @BeforeEach
    void setUp() {
        directory = folder.resolve("store");
        DefaultMessageStore store = Stores.start(Stores.config(directory), LiveEnvironment.withoutProbe());
        // The proof is held when it is through with the first file.
        do {
            secondLast = put(store);
        } while (fileOf(secondLast.wroteOffset()) == 0);
        last = put(store);
        // A look-up by time goes by the first record of each file.
        while (last.storeTimestamp() == secondLast.storeTimestamp()
                || secondLast.wroteOffset() % Stores.FILE_BYTES == 0
                || fileOf(last.wroteOffset()) != fileOf(secondLast.wroteOffset())) {
            secondLast = last;
            last = put(store);
        }
        // More than a file behind it.
        for (int i = 0; i < 800; i++) {
            put(store);
        }
        store.shutdown();
    }

    @Test
    void shouldFindByTimeWhatStandsBehindARecordThatIsNone() throws IOException {
        // given
        write(secondLast.wroteOffset() + MessageLayout.MAGIC, new byte[] {1, 2, 3, 4});
        // when, then
        assertThatLastIsFoundBeforeAndAfterTheProof();
    }

    @Test
    void shouldFindByTimeWhatStandsBehindZeros() throws IOException {
        // given
        write(secondLast.wroteOffset(), new byte[secondLast.wroteBytes()]);
        // when, then
        assertThatLastIsFoundBeforeAndAfterTheProof();
    }

    private void assertThatLastIsFoundBeforeAndAfterTheProof() {
        StoreEnvironment environment = LiveEnvironment.create();
        environment.stepGate().hold(PROOF);
        DefaultMessageStore store = startWithoutCheck(environment);
        assertThat(store.logHoles()).isEmpty();
        assertThat(store.lookMessageByTime(last.storeTimestamp())).map(MessageExt::commitLogOffset)
                .contains(last.wroteOffset());
        environment.stepGate().release(PROOF);
        Stores.awaitSnapshot(store, snapshot -> snapshot.proof().isFinished());
        assertThat(store.logHoles()).hasSize(1);
        assertThat(store.lookMessageByTime(last.storeTimestamp())).map(MessageExt::commitLogOffset)
                .contains(last.wroteOffset());
        store.shutdown();
    }

    /// Nothing of the log is checked at once, though it is short.
    private DefaultMessageStore startWithoutCheck(StoreEnvironment environment) {
        var store = new DefaultMessageStore(Stores.config(directory).build(), environment,
                DispatchPipeline.Extensions.NONE, 0);
        store.load();
        store.start();
        return store;
    }

    private static AppendMessageResult put(DefaultMessageStore store) {
        return store.putMessage(Stores.message("t", 0)).append();
    }

    private static long fileOf(long offset) {
        return offset / Stores.FILE_BYTES;
    }

    private void write(long offset, byte[] bytes) throws IOException {
        Path file = directory.resolve("commitlog/%020d".formatted(fileOf(offset) * Stores.FILE_BYTES));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset % Stores.FILE_BYTES);
        }
    }
}
