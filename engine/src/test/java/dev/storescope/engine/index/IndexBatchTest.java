package dev.storescope.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.CommitLogDispatcher.Lacking;
import dev.storescope.engine.env.BesideWork;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.testing.ManualEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys of many records, put beside the one that reads them.
class IndexBatchTest {
    /// More than are handed over at a time.
    private static final int RECORDS = 5_000;

    @TempDir private Path directory;
    private IndexParts parts;
    private List<Long> offsets;
    private int beginnings;

    @BeforeEach
    void setUp() throws IOException {
        // given records of two keys, of one and of none
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            messages.add(IndexParts.message(i % 5 == 0
                    ? Map.of()
                    : Map.of(MessageProperties.UNIQ_KEY, "u-" + i,
                            MessageProperties.KEYS, "key-" + i % 700)));
        }
        parts = IndexParts.withLog(messages);
        parts.config().set(StoreSetting.MAX_HASH_SLOT_NUM, 500).set(StoreSetting.MAX_INDEX_NUM, 3_000);
        offsets = parts.offsets();
    }

    @Test
    void shouldBuildTheSameFilesAsRecordByRecordWithThreadsOfItsOwn() throws IOException {
        // given
        parts.build();
        MessageStoreConfig config = parts.config().build();
        MessageStoreConfig live = MessageStoreConfig.builder(directory)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, config.number(StoreSetting.MAX_HASH_SLOT_NUM))
                .set(StoreSetting.MAX_INDEX_NUM, config.number(StoreSetting.MAX_INDEX_NUM))
                .build();
        LiveEnvironment environment = LiveEnvironment.withoutProbe();
        IndexService index = new IndexService(environment, live, new RunningFlags());
        index.load();
        IndexBatch batch = batch(environment, index);

        // when it comes in two batches
        batch.begin();
        parts.replay().feed(0, offsets.get(4_500), batch::add);
        assertThat(batch.end()).isEmpty();
        batch.begin();
        parts.replay().feed(offsets.get(4_500), parts.endOffset(), batch::add);
        assertThat(batch.end()).isEmpty();
        index.close();

        // then
        List<byte[]> contents = new ArrayList<>();
        try (var files = Files.list(directory.resolve("index"))) {
            for (Path file : files.sorted().toList()) {
                contents.add(Files.readAllBytes(file));
            }
        }
        assertThat(contents).hasSize(3);
        assertThat(contents).usingElementComparator(Arrays::compare).isEqualTo(parts.contents());
    }

    @Test
    void shouldNameTheFirstRecordThatTheIndexDidNotTakeAndGoOnThere() throws IOException {
        // given room for the first file only
        IndexService index = parts.open();
        IndexBatch batch = batch(parts.environment(), index);
        batch.begin();
        parts.replay().feed(0, offsets.get(1_000), batch::add);
        assertThat(batch.end()).isEmpty();
        parts.disk().fullAt(0);

        // when
        batch.begin();
        parts.replay().feed(offsets.get(1_000), parts.endOffset(), batch::add);
        Lacking lacking = batch.end().orElseThrow();

        // then
        int entriesOfFirst = 2_999;
        assertThat(index.snapshot().entries()).isEqualTo(entriesOfFirst);
        assertThat(lacking.commitLogOffset()).isEqualTo(index.snapshot().endOffset());
        assertThat(offsets.get(1_000 + lacking.recordsBefore())).isEqualTo(lacking.commitLogOffset());
        assertThat(parts.flags().reasons()).containsKey(RunningFlag.INDEX_ERROR);
        assertThatThrownBy(() -> parts.replay().feed(lacking.commitLogOffset(), parts.endOffset(), index))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("offset %d cannot be indexed".formatted(lacking.commitLogOffset()));
        // when
        parts.disk().fullAt(1L << 40);
        batch.begin();
        parts.replay().feed(lacking.commitLogOffset(), parts.endOffset(), batch::add);
        // then
        assertThat(batch.end()).isEmpty();
        assertThat(index.snapshot().entries()).as("each key once").isEqualTo(2 * RECORDS * 4 / 5);
        assertThat(parts.flags().isWriteable()).isTrue();
    }

    @Test
    void shouldNameTheRecordWhateverKeptTheIndexFromTakingIt() throws IOException {
        // given
        IndexService index = parts.open();
        IndexBatch batch = batch(parts.environment(), index);
        parts.disk().faults().beforeForceDirectory(directory -> {
            throw new IllegalStateException("nobody expected that");
        });
        // when
        batch.begin();
        parts.replay().feed(0, parts.endOffset(), batch::add);
        // then the first that has keys
        assertThat(batch.end()).contains(new Lacking(offsets.get(1), 1));
    }

    @Test
    void shouldDoItItselfWhereThereIsNoRoomForAThread() throws IOException {
        // given
        IndexService index = parts.open();
        IndexBatch batch = batch(new ManualEnvironment(parts.disk()) {
            @Override
            public BesideWork beginBeside(String name, BesideWork.Task task) {
                throw new OutOfMemoryError("no room for a thread more");
            }
        }, index);
        // when
        batch.begin();
        parts.replay().feed(0, parts.endOffset(), batch::add);
        // then
        assertThat(batch.end()).isEmpty();
        assertThat(index.snapshot().entries()).isEqualTo(2 * RECORDS * 4 / 5);
    }

    @Test
    void shouldPutNothingMoreOnceSomebodyElseBuildsTheIndexAgain() throws IOException {
        // given
        IndexService index = parts.open();
        IndexBatch batch = batch(parts.environment(), index);
        batch.begin();
        parts.replay().feed(0, offsets.get(1_000), batch::add);
        // when
        beginnings++;
        // then
        assertThat(batch.end()).isEmpty();
        assertThat(index.snapshot().entries()).isZero();
        // and what was collected before does not come later
        batch.begin();
        batch.end();
        assertThat(index.snapshot().entries()).isZero();
    }

    @Test
    void shouldLeaveNobodyAtTheFilesWhenItIsAbandoned() throws IOException {
        // given somebody who puts what was handed over, and has not ended
        List<BesideWork> awaited = new ArrayList<>();
        IndexService index = parts.open();
        IndexBatch batch = batch(new ManualEnvironment(parts.disk()) {
            @Override
            public BesideWork beginBeside(String name, BesideWork.Task task) throws IOException {
                return new BesideWork() {
                    @Override
                    public void await() throws IOException {
                        awaited.add(this);
                        task.run();
                    }
                };
            }
        }, index);
        batch.begin();
        parts.replay().feed(0, offsets.get(3_000), batch::add);
        assertThat(index.snapshot().entries()).isZero();
        // when
        batch.abandon();
        // then it was waited for, and what was not handed over is not put any more
        assertThat(awaited).hasSize(1);
        long entries = index.snapshot().entries();
        assertThat(entries).isPositive();
        batch.end();
        assertThat(index.snapshot().entries()).isEqualTo(entries);
    }

    private IndexBatch batch(StoreEnvironment environment, IndexService index) {
        return new IndexBatch(environment, index, () -> beginnings);
    }
}
