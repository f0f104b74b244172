package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.QueryMessageResult.IndexWalk;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Messages are found by offset, id, key and time, whatever happened to the store in between.
class MessageLookupTest {
    private static final Path INDEX = Stores.ROOT.resolve("index");
    private static final long T0 = 1_800_000_000_000L;

    private UnforcedDisk disk = new UnforcedDisk();
    private DefaultMessageStore store = Stores.start(Stores.config(), disk);

    @AfterEach
    void tearDown() {
        store.kill();
    }

    @Test
    void shouldFindAMessageByItsKeys() {
        // given
        long first = put("a", Map.of("UNIQ_KEY", "u", "KEYS", "x y", "TAGS", "red"));
        long second = put("a", Map.of("KEYS", "y"));
        put("b", Map.of("KEYS", "y"));
        awaitIndexed(6);

        // when, then
        assertThat(offsets(query("a", "u"))).containsExactly(first);
        assertThat(offsets(query("a", "x"))).containsExactly(first);
        assertThat(offsets(query("a", "y"))).containsExactly(first, second);
        assertThat(offsets(query("a", "T#red"))).containsExactly(first);
        assertThat(offsets(store.queryMessage("a", "y", 1, 0, Long.MAX_VALUE))).containsExactly(second);
        assertThat(offsets(query("a", "z"))).isEmpty();
        assertThat(query("a", "x").messages().getFirst().keys()).isEqualTo("x y");
    }

    @Test
    void shouldTellHowFarItWentThroughTheIndex() {
        // given more entries than slots, in one file; "Aa" and "BB" have the same hash
        for (int i = 0; i < 20; i++) {
            put("a", Map.of("KEYS", "key-" + i));
        }
        put("a", Map.of("KEYS", "Aa"));
        put("a", Map.of("KEYS", "BB"));
        awaitIndexed(22);
        // when
        IndexWalk found = query("a", "Aa").walk();
        IndexWalk nothing = query("a", "none").walk();
        // then
        assertThat(found.files()).isEqualTo(1);
        assertThat(found.hashMatches()).isEqualTo(2);
        assertThat(found.entries()).isEqualTo(found.longestChain()).isBetween(2L, 22L);
        assertThat(nothing.hashMatches()).isZero();
        // when a second file has begun
        for (int i = 0; i < 30; i++) {
            put("a", Map.of("KEYS", "more-" + i));
        }
        awaitIndexed(52);
        IndexWalk both = query("a", "Aa").walk();
        // then
        assertThat(both.files()).isEqualTo(2);
        assertThat(both.hashMatches()).isEqualTo(2);
        assertThat(both.entries()).isGreaterThanOrEqualTo(both.longestChain());
        // when one is enough
        IndexWalk one = store.queryMessage("a", "more-29", 1, 0, Long.MAX_VALUE).walk();
        // then it was the newest entry of its chain
        assertThat(one).isEqualTo(new IndexWalk(1, 1, 1, 1));
    }

    @Test
    void shouldTellUpToWhereTheIndexIs() {
        // given
        put("a", Map.of("KEYS", "x"));
        long second = put("a", Map.of("KEYS", "y"));
        awaitIndexed(2);

        // when
        QueryMessageResult result = query("a", "x");

        // then
        assertThat(result.indexLastUpdateOffset()).isEqualTo(second);
        assertThat(result.indexLastUpdateTimestamp())
                .isEqualTo(store.lookMessageByOffset(second).orElseThrow().storeTimestamp());
    }

    @Test
    void shouldFindAMessageByOffsetSizeAndId() {
        // given
        long offset = put("a", Map.of("KEYS", "x"));
        put("a", Map.of());
        MessageExt message = store.lookMessageByOffset(offset).orElseThrow();

        // when, then
        assertThat(store.lookMessageByOffset(offset, message.storeSizeBytes())).isPresent();
        assertThat(store.lookMessageByOffset(offset, message.storeSizeBytes() + 1)).isEmpty();
        assertThat(store.lookMessageByOffset(offset + 1)).isEmpty();
        assertThat(store.lookMessageByOffset(store.getMaxPhyOffset())).isEmpty();
        assertThat(store.lookMessageByOffset(-1)).isEmpty();
        assertThat(store.lookMessageById(MessageId.parse(message.messageId())).map(MessageExt::commitLogOffset))
                .contains(offset);
        assertThat(store.lookMessageById(MessageId.parse("0A0A0A0A00002A9F0000000000000000"))).as("of another host")
                .isEmpty();
    }

    @Test
    void shouldFindTheFirstMessageOfATimeAcrossFiles() {
        // given
        store.kill();
        WallClockEnvironment environment = new WallClockEnvironment(new UnforcedDisk(), T0);
        store = Stores.start(Stores.config(), environment);
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            environment.set(T0 + 1_000L * i);
            offsets.add(store.putMessage(Stores.message("a", 0).body(new byte[3_000])).append().wroteOffset());
        }

        // when, then
        assertThat(store.snapshot().files().size()).isGreaterThan(4);
        for (int i = 0; i < 100; i++) {
            assertThat(byTime(T0 + 1_000L * i)).as("message %d", i).isEqualTo(offsets.get(i));
            assertThat(byTime(T0 + 1_000L * i - 999)).isEqualTo(offsets.get(i));
        }
        assertThat(byTime(0)).isEqualTo(offsets.getFirst());
        assertThat(store.lookMessageByTime(T0 + 99_001)).isEmpty();
    }

    @Test
    void shouldFindTheSameAfterAStopAKillAndALossOfPower() {
        // given
        for (int i = 0; i < 150; i++) {
            put("a", Map.of("KEYS", "key-" + i % 50, "TAGS", "red"));
        }
        awaitIndexed(300);
        IndexSnapshot before = store.snapshot().dispatch().index();
        List<Long> found = offsets(query("a", "key-7"));
        assertThat(found).hasSize(3);
        assertThat(before.files()).as("more than one file").hasSizeGreaterThan(3);

        // when
        store.shutdown();
        store = Stores.start(Stores.config(), disk);
        // then
        assertThat(store.snapshot().dispatch().index()).isEqualTo(before);
        assertThat(store.snapshot().recovery().notes()).isEmpty();
        // when
        store.kill();
        disk = disk.kill();
        store = Stores.start(Stores.config(), disk);
        // then
        assertThat(offsets(query("a", "key-7"))).isEqualTo(found);
        assertThat(store.snapshot().dispatch().index().entries()).isEqualTo(300);
        // when
        store.flush();
        disk = disk.powerCut(42);
        store.kill();
        store = Stores.start(Stores.config(), disk);
        // then
        assertThat(offsets(query("a", "key-7"))).isEqualTo(found);
        assertThat(store.snapshot().dispatch().index().entries()).isEqualTo(300);
    }

    @Test
    void shouldBuildAnIndexThatWasDeletedAndOneThatWasOff() throws IOException {
        // given
        put("a", Map.of("KEYS", "x"));
        awaitIndexed(1);
        store.shutdown();
        store = Stores.start(Stores.config().set(StoreSetting.MESSAGE_INDEX_ENABLE, false), disk);
        long second = put("a", Map.of("KEYS", "x"));
        assertThat(offsets(query("a", "x"))).containsExactly(0L);
        store.shutdown();

        // when
        store = Stores.start(Stores.config(), disk);
        // then
        assertThat(offsets(query("a", "x"))).containsExactly(0L, second);
        // when
        store.shutdown();
        for (Disk.Entry entry : disk.list(INDEX)) {
            disk.delete(INDEX.resolve(entry.name()));
        }
        store = Stores.start(Stores.config(), disk);
        // then
        assertThat(offsets(query("a", "x"))).containsExactly(0L, second);
    }

    @Test
    void shouldNotServeAnotherMessageForADamagedEntry() throws IOException {
        // given
        put("a", Map.of("KEYS", "x"));
        long other = put("a", Map.of("KEYS", "y"));
        awaitIndexed(2);
        Path file = INDEX.resolve(disk.list(INDEX).getFirst().name());

        // when it is damaged under the running store: the next opening would mend it
        try (DiskFile opened = disk.open(file)) {
            long firstEntry = 40 + 4 * 16 + 20;
            opened.map().set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), firstEntry + 4, other);
        }

        // then
        assertThat(offsets(query("a", "x"))).isEmpty();
        assertThat(offsets(query("a", "y"))).containsExactly(other);
    }

    private long put(String topic, Map<String, String> properties) {
        MessageExtBrokerInner message = Stores.message(topic, 0).propertiesString(MessageProperties.encode(properties));
        return store.putMessage(message).append().wroteOffset();
    }

    private void awaitIndexed(long entries) {
        Stores.awaitSnapshot(store, snapshot -> snapshot.dispatch().index().entries() == entries);
    }

    private QueryMessageResult query(String topic, String key) {
        return store.queryMessage(topic, key, 64, 0, Long.MAX_VALUE);
    }

    private static List<Long> offsets(QueryMessageResult result) {
        return result.messages().stream().map(MessageExt::commitLogOffset).toList();
    }

    private long byTime(long timestamp) {
        return store.lookMessageByTime(timestamp).orElseThrow().commitLogOffset();
    }
}
