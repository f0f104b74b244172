package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueErrorsTest {
    private final UnforcedDisk disk = new UnforcedDisk();

    @Test
    void shouldRefusePutsWhileQueuesCannotBeWrittenAndLoseNoEntry() {
        // given
        disk.faults().beforeCreate(path -> {
            if (path.toString().contains("consumequeue")) {
                throw new UncheckedIOException(new IOException("no room for " + path));
            }
        });
        try (DefaultMessageStore store = Stores.start(Stores.config(), disk)) {
            // when
            assertThat(store.putMessage(message("t", 3)).status()).isEqualTo(PutMessageStatus.PUT_OK);
            StoreSnapshot failed = Stores.awaitSnapshot(store, now -> !now.notWriteable().isEmpty());
            // then
            assertThat(failed.state()).isEqualTo(StoreState.RUNNING);
            assertThat(failed.runningFlags()).containsOnlyKeys(RunningFlag.LOGIC_QUEUE_ERROR);
            assertThat(failed.notWriteable()).startsWith("consume queues: the message at offset 0 has no entry: ")
                    .contains("no room for");
            assertThat(store.putMessage(message("t", 3)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
            // when
            disk.faults().beforeCreate(path -> {
            });
            Stores.awaitSnapshot(store, now -> now.notWriteable().isEmpty());
            // then
            assertThat(store.putMessage(message("t", 3)).status()).isEqualTo(PutMessageStatus.PUT_OK);
            Stores.await(() -> store.getMaxOffsetInQueue("t", 3) == 2);
            assertThat(store.snapshot().dispatch().gaps()).isZero();
        }
    }
}
