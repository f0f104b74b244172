package dev.storescope.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// A message with keys is indexed without garbage, as long as its keys are ASCII.
class IndexAllocationTest {
    private static final int MESSAGES = 100_000;
    /// The second half of them counts, the least of its parts: on a busy machine the compiler may come late.
    private static final int PARTS = 10;
    private static final int FILE_BYTES = 64 << 20;
    /// What reading a record in place may cost where the JVM does not take it apart; not a text, which has 24 and more.
    private static final long MOST_BYTES_A_MESSAGE = 16;

    @Test
    void shouldIndexWithoutGarbage() throws IOException {
        // given
        MessageStoreConfig.Builder config = Stores.config()
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, 100_000)
                .set(StoreSetting.MAX_INDEX_NUM, 1_000_000);
        UnforcedDisk disk = new UnforcedDisk();
        long end = fill(config, disk);
        StoreEnvironment environment = LiveEnvironment.builder().disk(disk).build();
        MappedFileQueue log = new MappedFileQueue(environment, MappedFileQueue.Options.of(
                Stores.ROOT.resolve("commitlog"), FILE_BYTES, "mappedFileSizeCommitLog"));
        log.load();
        IndexService index = new IndexService(environment, config.build(), new RunningFlags());
        LogReplay replay = new LogReplay(environment, log, new LogHoles());
        replay.feed(0, end / 2, index);

        // when
        long leastBytes = Long.MAX_VALUE;
        for (int part = PARTS / 2; part < PARTS; part++) {
            leastBytes = Math.min(leastBytes, allocated(replay, end * part / PARTS, end * (part + 1) / PARTS, index));
        }
        long bytesAMessage = leastBytes / (MESSAGES / PARTS);

        // then
        assertThat(index.snapshot().entries()).isEqualTo(3 * MESSAGES);
        assertThat(bytesAMessage).isLessThanOrEqualTo(MOST_BYTES_A_MESSAGE);
        index.close();
        log.close();
    }

    private static long allocated(LogReplay replay, long from, long to, IndexService index) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        replay.feed(from, to, index);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static long fill(MessageStoreConfig.Builder config, UnforcedDisk disk) {
        DefaultMessageStore store = Stores.start(config.build()
                .toBuilder()
                .set(StoreSetting.MESSAGE_INDEX_ENABLE, false), disk);
        for (int i = 0; i < MESSAGES; i++) {
            store.putMessage(Stores.message("topic", 0)
                    .propertiesString("UNIQ_KEY\u0001u%d\u0002KEYS\u0001k%d\u0002TAGS\u0001red\u0002".formatted(i, i)));
        }
        long end = store.getMaxPhyOffset();
        store.kill();
        return end;
    }
}
