package dev.storescope.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queues and index are built again on a disk that has no room for all of them.
class FullDiskAtOpeningTest {
    private static final int MESSAGES = 400;

    private final UnforcedDisk disk = new UnforcedDisk();

    @BeforeEach
    void setUp() {
        DefaultMessageStore store = Stores.start(config(), disk);
        for (int i = 0; i < MESSAGES; i++) {
            store.putMessage(Stores.message("t", i % 4).propertiesString("KEYS\u0001key-" + i + "\u0002"));
        }
        store.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumequeue", "index"})
    void shouldSayThatTheDiskIsFullAndLoseNothing(String directory) throws IOException {
        // given all but the log is gone, and there is room for no file that is built from it
        delete(Stores.ROOT.resolve("consumequeue"));
        delete(Stores.ROOT.resolve("index"));
        Path full = Stores.ROOT.resolve(directory);
        disk.faults().beforeCreate(file -> disk.fullAt(file.startsWith(full) ? 0 : Long.MAX_VALUE));
        // when
        var refused = catchThrowableOfType(StoreException.class, () -> Stores.start(config(), disk));
        // then
        assertThat(refused.fault()).map(StoreFault::kind).contains(StoreFault.Kind.DISK_FULL);
        assertThat(refused).hasMessageStartingWith("store " + Stores.ROOT + ": cannot be opened: ")
                .hasMessageContaining("bytes usable");
        // when there is room
        disk.faults().beforeCreate(_ -> {
        });
        disk.fullAt(Long.MAX_VALUE);
        DefaultMessageStore store = Stores.start(config(), disk);
        // then
        for (int queue = 0; queue < 4; queue++) {
            assertThat(store.getMaxOffsetInQueue("t", queue)).isEqualTo(MESSAGES / 4);
        }
        Stores.await(() -> store.queryMessage("t", "key-399", 1, 0, Long.MAX_VALUE).messages().size() == 1);
        assertThat(store.queryMessage("t", "key-0", 1, 0, Long.MAX_VALUE).messages()).hasSize(1);
        store.shutdown();
    }

    private void delete(Path path) throws IOException {
        for (var entry : disk.list(path)) {
            Path below = path.resolve(entry.name());
            if (entry.directory()) {
                delete(below);
            }
            disk.delete(below);
        }
    }

    private static MessageStoreConfig.Builder config() {
        return Stores.withSmallIndex(Stores.config());
    }
}
