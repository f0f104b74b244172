package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.ProofSnapshot.State;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.recovery.OpeningStart;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is wrong in the middle of the index, which begin and end of its files do not show: while the store runs it
/// becomes what the log says, byte for byte what it was. An independent reader checks that, too.
class IndexProofTest {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final Path INDEX = Stores.ROOT.resolve("index");
    private static final String PROOF = "IndexProof";
    private static final int MESSAGES = 270;
    private static final int SLOTS = 16;

    private UnforcedDisk disk;
    private List<byte[]> sound;
    private DefaultMessageStore store;

    @BeforeEach
    void setUp() throws IOException {
        disk = new UnforcedDisk();
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        put(0, MESSAGES);
        store.shutdown();
        sound = contents();
        // 7 files of 40 entries, the last not full
        assertThat(sound).hasSize(7);
    }

    @AfterEach
    void tearDown() {
        store.shutdown();
    }

    /// Damage that begin and end of a file do not show.
    enum Hidden {
        SLOT_ZEROED {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, 40 + 4L * usedSlot(file), 0);
            }
        },
        SLOT_FLIPPED_TO_AN_OLDER_ENTRY {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, 40 + 4L * usedSlot(file), 1);
            }
        },
        SLOT_BEYOND_THE_ENTRIES {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, 40 + 4L * usedSlot(file), 0x40000000);
            }
        },
        CHAIN_LOOP {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, entry(9) + 16, 20);
                file.set(INT, entry(20) + 16, 9);
            }
        },
        LINK_CUT {
            @Override
            void damage(MemorySegment file) {
                for (int entry = 1; entry <= 30; entry++) {
                    file.set(INT, entry(entry) + 16, 0);
                }
            }
        },
        ENTRY_ZEROED {
            @Override
            void damage(MemorySegment file) {
                file.asSlice(entry(12), 20).fill((byte) 0);
            }
        },
        ENTRIES_OF_NOISE {
            @Override
            void damage(MemorySegment file) {
                file.asSlice(entry(3), 20L * 25).fill((byte) 0xA7);
            }
        },
        ENTRY_POINTS_ELSEWHERE {
            @Override
            void damage(MemorySegment file) {
                file.set(LONG, entry(12) + 4, file.get(LONG, entry(20) + 4));
            }
        },
        ENTRY_OF_AN_EARLIER_MESSAGE {
            @Override
            void damage(MemorySegment file) {
                MemorySegment.copy(file, entry(11), file, entry(12), 16);
            }
        },
        OTHER_HASH {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, entry(12), file.get(INT, entry(12)) ^ 0x100);
            }
        },
        OTHER_TIME {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, entry(12) + 12, 77_777);
            }
        },
        FIRST_ENTRY_ZEROED {
            @Override
            void damage(MemorySegment file) {
                file.asSlice(entry(1), 20).fill((byte) 0);
            }
        },
        TWO_ENTRIES_EXCHANGED {
            @Override
            void damage(MemorySegment file) {
                byte[] ten = file.asSlice(entry(10), 20).toArray(ValueLayout.JAVA_BYTE);
                MemorySegment.copy(file, entry(11), file, entry(10), 20);
                MemorySegment.copy(MemorySegment.ofArray(ten), 0, file, entry(11), 20);
            }
        },
        USED_SLOTS_MISCOUNTED {
            @Override
            void damage(MemorySegment file) {
                file.set(INT, 32, file.get(INT, 32) - 3);
            }
        },
        BEGIN_TIME_CHANGED {
            @Override
            void damage(MemorySegment file) {
                file.set(LONG, 0, file.get(LONG, 0) - 500_000);
            }
        },
        BEGIN_AT_ANOTHER_MESSAGE {
            @Override
            void damage(MemorySegment file) {
                file.set(LONG, 16, file.get(LONG, entry(5) + 4));
            }
        };

        abstract void damage(MemorySegment file);

        /// The last one that is used, whose chain is not of one entry alone.
        static int usedSlot(MemorySegment file) {
            int slot = SLOTS - 1;
            while (file.get(INT, 40 + 4L * slot) == 0
                    || file.get(INT, entry(file.get(INT, 40 + 4L * slot)) + 16) == 0) {
                slot--;
            }
            return slot;
        }
    }

    private static long entry(int entry) {
        return 40 + 4L * SLOTS + 20L * entry;
    }

    @ParameterizedTest
    @EnumSource
    void shouldCorrectWhatIsWrongInTheMiddleWhileTheStoreRuns(Hidden hidden) throws IOException {
        // given
        damage(2, hidden);
        damage(6, hidden);
        assertThat(check().isSound()).isFalse();
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.index().corrected()).isPositive();
        assertThat(proof.index().filesRebuilt()).isZero();
        // the begin of the file in use is looked at when the store is opened
        assertThat(proof.index().entries()).isBetween(MESSAGES - 30L, (long) MESSAGES);
        assertThat(proof.index().ratio()).isEqualTo(1);
        assertAllKeysAreFound(MESSAGES);
        store.shutdown();
        assertThat(contents()).usingElementComparator(Arrays::compare).isEqualTo(sound);
        assertThat(check().isSound()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCorrectAFileThatWasOnDiskBeforeAKill(Hidden hidden) throws IOException {
        // given
        damage(2, hidden);
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        put(MESSAGES, MESSAGES + 5);
        UnforcedDisk left = disk.kill();
        store.kill();
        disk = left;
        damage(3, hidden);
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        awaitProof();
        // then
        assertAllKeysAreFound(MESSAGES + 5);
        store.shutdown();
        assertThat(contents().subList(0, 6)).usingElementComparator(Arrays::compare).isEqualTo(sound.subList(0, 6));
        assertThat(check().isSound()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCorrectAtOnceWhenTheLogIsShort(Hidden hidden) throws IOException {
        // given
        damage(2, hidden);
        // when
        start(LiveEnvironment.builder().disk(disk).build(), OpeningStart.AT_ONCE_BYTES);
        // then
        assertThat(store.snapshot().proof().isFinished()).isTrue();
        assertThat(store.snapshot().proof().index().corrected()).isPositive();
        store.shutdown();
        assertThat(contents()).usingElementComparator(Arrays::compare).isEqualTo(sound);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCorrectTheFileInUseWhileKeysComeToIt(Hidden hidden) throws IOException {
        // given
        damage(6, hidden);
        LiveEnvironment environment = LiveEnvironment.builder().disk(disk).build();
        environment.stepGate().hold(PROOF);
        start(environment, 0);
        // when
        put(MESSAGES, MESSAGES + 20);
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        environment.stepGate().release(PROOF);
        put(MESSAGES + 20, MESSAGES + 60);
        awaitProof();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        // then
        assertAllKeysAreFound(MESSAGES + 60);
        store.shutdown();
        assertThat(check().faults()).isEmpty();
        assertThat(check().isSound()).isTrue();
    }

    @Test
    void shouldFindNothingWrongWhereNothingIs() throws IOException {
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.state()).isEqualTo(State.FINISHED);
        assertThat(proof.index().entries()).isEqualTo(MESSAGES);
        assertThat(proof.index().corrected()).isZero();
        assertThat(proof.index().filesRebuilt()).isZero();
        assertThat(proof.index().verifiedOffset()).isEqualTo(store.getMaxPhyOffset());
        store.shutdown();
        assertThat(contents()).usingElementComparator(Arrays::compare).isEqualTo(sound);
    }

    @Test
    void shouldBuildAgainFromAFileOnThatIsMissingWhileKeysCome() throws IOException {
        // given
        disk.delete(INDEX.resolve(names().get(2)));
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        put(MESSAGES, MESSAGES + 30);
        ProofSnapshot proof = awaitProof();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        put(MESSAGES + 30, MESSAGES + 60);
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        awaitProof();
        // then
        assertThat(proof.index().filesRebuilt()).isEqualTo(4);
        assertAllKeysAreFound(MESSAGES + 60);
        store.shutdown();
        assertThat(contents().subList(0, 6)).usingElementComparator(Arrays::compare).isEqualTo(sound.subList(0, 6));
        assertThat(check().isSound()).isTrue();
    }

    @Test
    void shouldBuildAgainWhereAnEntryTooManyHasMovedAllBehindIt() throws IOException {
        // given
        try (DiskFile file = disk.open(INDEX.resolve(names().get(4)))) {
            MemorySegment bytes = file.map();
            MemorySegment.copy(bytes, entry(10), bytes, entry(11), 20L * 30);
            bytes.set(LONG, 24, bytes.get(LONG, entry(40) + 4));
        }
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.index().filesRebuilt() + proof.index().corrected()).isPositive();
        assertAllKeysAreFound(MESSAGES);
        store.shutdown();
        assertThat(check().faults()).isEmpty();
    }

    @Test
    void shouldLeaveARepeatOfTheLastMessageAlone() throws IOException {
        // given: RocketMQ puts the last message again when it is started
        try (DiskFile file = disk.open(INDEX.resolve(names().get(6)))) {
            MemorySegment bytes = file.map();
            int count = bytes.get(INT, 36);
            int slot = bytes.get(INT, entry(count - 1)) % SLOTS;
            MemorySegment.copy(bytes, entry(count - 1), bytes, entry(count), 20);
            bytes.set(INT, entry(count) + 16, bytes.get(INT, 40 + 4L * slot));
            bytes.set(INT, 40 + 4L * slot, count);
            bytes.set(INT, 36, count + 1);
        }
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.index().corrected()).isZero();
        assertThat(proof.index().filesRebuilt()).isZero();
        assertAllKeysAreFound(MESSAGES);
    }

    @Test
    void shouldAnswerAndTakeMessagesWhileItIsHeld() throws IOException {
        // given
        LiveEnvironment environment = LiveEnvironment.builder().disk(disk).build();
        environment.stepGate().hold(PROOF);
        start(environment, 0);
        // when
        put(MESSAGES, MESSAGES + 3);
        // what is put after an opening may be indexed behind the dispatch
        Stores.await(
                () -> !store.queryMessage("t", "key-" + (MESSAGES + 2), 32, 0, Long.MAX_VALUE).messages().isEmpty());
        // then
        assertThat(store.snapshot().proof().isFinished()).isFalse();
        assertAllKeysAreFound(MESSAGES + 3);
        environment.stepGate().release(PROOF);
        awaitProof();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSayWhatTheLogSaysWhateverBytesTheFilesHave(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        for (String name : names()) {
            try (DiskFile file = disk.open(INDEX.resolve(name))) {
                for (int i = random.nextInt(10); i > 0; i--) {
                    long at = random.nextLong(random.nextInt(5) == 0 ? 40 : file.size());
                    file.map().set(INT, at / 4 * 4, random.nextBoolean() ? random.nextInt() : random.nextInt(50));
                }
            }
        }
        // when
        start(LiveEnvironment.builder().disk(disk).build(), 0);
        put(MESSAGES, MESSAGES + 50);
        awaitProof();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        // then
        assertAllKeysAreFound(MESSAGES + 50);
        store.shutdown();
        assertThat(check().faults()).as("seed %d", seed).isEmpty();
    }

    private void damage(int file, Hidden hidden) throws IOException {
        try (DiskFile opened = disk.open(INDEX.resolve(names().get(file)))) {
            MemorySegment bytes = opened.map();
            hidden.damage(bytes);
            opened.force(0, opened.size());
        }
    }

    private void assertAllKeysAreFound(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(store.queryMessage("t", "key-" + i, 32, 0, Long.MAX_VALUE).messages()).as("key %d", i)
                    .hasSize(1);
        }
    }

    private List<String> names() throws IOException {
        return disk.list(INDEX).stream().map(entry -> entry.name()).sorted().toList();
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (String name : names()) {
            contents.add(disk.readAll(INDEX.resolve(name)));
        }
        return contents;
    }

    private CheckReport check() throws IOException {
        return new StoreCheck(LiveEnvironment.builder().disk(disk).build(), config()).run(CheckProgress.NONE);
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            store.putMessage(Stores.message("t", i % 2)
                    .propertiesString(MessageProperties.encode(Map.of(MessageProperties.KEYS, "key-" + i))));
        }
    }

    private ProofSnapshot awaitProof() {
        ProofSnapshot proof = Stores.awaitSnapshot(store, snapshot -> snapshot.proof().isFinished()
                || snapshot.proof().state() == State.FAILED).proof();
        assertThat(proof.failure()).isEmpty();
        return proof;
    }

    private static MessageStoreConfig config() {
        return Stores.config().set(StoreSetting.MAX_HASH_SLOT_NUM, SLOTS).set(StoreSetting.MAX_INDEX_NUM, 41).build();
    }

    private void start(LiveEnvironment environment, long checkedAtOnceBytes) {
        store = new DefaultMessageStore(config(), environment, DispatchPipeline.Extensions.NONE, checkedAtOnceBytes);
        store.load();
        store.start();
    }
}
