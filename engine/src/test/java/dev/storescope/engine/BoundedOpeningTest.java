package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Opening looks at what came behind the recovery point only; what lies before is proven while the store runs.
class BoundedOpeningTest {
    private static final int ENTRY = 20;
    private static final String PROOF = "LogProofService";

    @TempDir private Path folder;
    private Path directory;
    private DefaultMessageStore store;
    private Map<String, String> sound;

    @BeforeEach
    void setUp() throws IOException {
        directory = folder.resolve("store");
        start();
        // 13 files of queue 3, 7 of the log
        for (int i = 0; i < 620; i++) {
            put("t", 3, 400, i);
            if (i % 10 == 0) {
                put("other", i % 3, 300, i);
                store.putMessage(Stores.message("t", 3).sysFlag(SysFlag.TRANSACTION_PREPARED));
            }
        }
        store.shutdown();
        sound = queues();
    }

    @AfterEach
    void tearDown() {
        store.shutdown();
    }

    @Test
    void shouldCheckNoRecordWhenTheStopWasClean() {
        // when
        load();
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.recordsChecked()).isZero();
        assertThat(report.bytesChecked()).isZero();
        assertThat(report.startOffset()).isEqualTo(report.endOffset()).isGreaterThan(4 * Stores.FILE_BYTES);
        assertThat(report.notes()).isEmpty();
        assertThat(store.snapshot().proof().state()).isEqualTo(ProofSnapshot.State.WAITING);
    }

    @Test
    void shouldCheckWhatCameBehindThePointWhenItWasKilled() {
        // given
        start();
        long point = store.getMaxPhyOffset();
        for (int i = 0; i < 17; i++) {
            put("t", 3, 500, i);
        }
        store.kill();
        // when
        load();
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.startOffset()).isEqualTo(point);
        assertThat(report.recordsChecked()).isEqualTo(17);
        assertThat(report.bytesChecked()).isLessThan(17 * 1_000);
    }

    @Test
    void shouldProveAllThatTheOpeningDidNotLookAt() throws IOException {
        // when
        start();
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.state()).isEqualTo(ProofSnapshot.State.FINISHED);
        assertThat(proof.verifiedOffset()).isEqualTo(store.snapshot().recovery().endOffset());
        assertThat(proof.records()).isEqualTo(620 + 62 + 62);
        assertThat(proof.entriesCorrected()).isZero();
        assertThat(proof.ratio()).isEqualTo(1);
        assertThat(store.snapshot().files()).allMatch(file -> file.messages() >= 0);
        store.shutdown();
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldKnowTheNextQueueOffsetsBeforeAnythingIsProven() {
        // given
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        // when
        start(environment);
        // then
        assertThat(put("t", 3, 10, 0)).isEqualTo(620);
        assertThat(put("other", 0, 10, 0)).isEqualTo(21);
        assertThat(put("new", 0, 10, 0)).isZero();
        environment.stepGate().release(PROOF);
    }

    /// What is not seen at the begin and end of a queue, and only the proof finds.
    enum Hidden {
        ZEROS {
            @Override
            void damage(Path queue) throws IOException {
                fill(file(queue, 200), 5 * ENTRY, 12 * ENTRY, (byte) 0);
            }
        },
        A_WHOLE_FILE_OF_NOISE {
            @Override
            void damage(Path queue) throws IOException {
                fill(file(queue, 150), 0, 50 * ENTRY, (byte) 0x11);
            }
        },
        SHIFTED {
            @Override
            void damage(Path queue) throws IOException {
                byte[] bytes = Files.readAllBytes(file(queue, 250));
                byte[] shifted = new byte[bytes.length];
                System.arraycopy(bytes, 0, shifted, ENTRY, bytes.length - ENTRY);
                Files.write(file(queue, 250), shifted);
            }
        },
        EXCHANGED_FILES {
            @Override
            void damage(Path queue) throws IOException {
                byte[] first = Files.readAllBytes(file(queue, 50));
                Files.write(file(queue, 50), Files.readAllBytes(file(queue, 350)));
                Files.write(file(queue, 350), first);
            }
        },
        OTHER_TAGS {
            @Override
            void damage(Path queue) throws IOException {
                fill(file(queue, 500), 19, 20, (byte) 1);
            }
        },
        BLANKS {
            @Override
            void damage(Path queue) throws IOException {
                ByteBuffer blank = ByteBuffer.allocate(ENTRY).putLong(0).putInt(Integer.MAX_VALUE);
                byte[] bytes = Files.readAllBytes(file(queue, 300));
                System.arraycopy(blank.array(), 0, bytes, 0, ENTRY);
                Files.write(file(queue, 300), bytes);
            }
        };

        abstract void damage(Path queue) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void shouldCorrectEntriesThatSayNotWhatTheLogSays(Hidden hidden) throws IOException {
        // given
        hidden.damage(directory.resolve("consumequeue/t/3"));
        assertThat(queues()).isNotEqualTo(sound);
        // when
        start();
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(store.snapshot().recovery().recordsChecked()).isZero();
        assertThat(proof.entriesCorrected()).isPositive();
        store.shutdown();
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldCorrectWhileMessagesArePutAndRead() throws IOException {
        // given
        Hidden.A_WHOLE_FILE_OF_NOISE.damage(directory.resolve("consumequeue/t/3"));
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        start(environment);
        // when
        for (int i = 0; i < 300; i++) {
            assertThat(put("t", 3, 100, i)).isEqualTo(620 + i);
            if (i == 100) {
                environment.stepGate().release(PROOF);
            }
        }
        awaitProof();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        // then
        for (int i = 0; i < 920; i++) {
            try (var result = store.getMessage("g", "t", 3, i, 1, MessageFilter.ALL)) {
                assertThat(result.messages()).singleElement()
                        .extracting(message -> message.queueOffset())
                        .isEqualTo((long) i);
            }
        }
        store.shutdown();
        assertThat(queues()).isEqualTo(rebuilt());
    }

    /// What begin and end of a queue show: the opening makes the queues again before anybody reads them.
    enum Shown {
        NO_QUEUE_AT_ALL {
            @Override
            void damage(Path directory) throws IOException {
                deleteAll(directory.resolve("consumequeue"));
            }
        },
        ONE_QUEUE_MISSING {
            @Override
            void damage(Path directory) throws IOException {
                deleteAll(directory.resolve("consumequeue/other/1"));
            }
        },
        FIRST_FILE_MISSING {
            @Override
            void damage(Path directory) throws IOException {
                Files.delete(file(directory.resolve("consumequeue/t/3"), 0));
            }
        },
        LAST_FILE_MISSING {
            @Override
            void damage(Path directory) throws IOException {
                Files.delete(file(directory.resolve("consumequeue/t/3"), 600));
            }
        },
        FILE_MISSING_BETWEEN {
            @Override
            void damage(Path directory) throws IOException {
                Files.delete(file(directory.resolve("consumequeue/t/3"), 250));
            }
        },
        STALE_TAIL {
            @Override
            void damage(Path directory) throws IOException {
                fill(file(directory.resolve("consumequeue/t/3"), 600), 7 * ENTRY, 50 * ENTRY, (byte) 0);
            }
        },
        QUEUES_EXCHANGED {
            @Override
            void damage(Path directory) throws IOException {
                Path other = directory.resolve("consumequeue/other");
                Files.move(other.resolve("0"), other.resolve("9"));
                Files.move(other.resolve("1"), other.resolve("0"));
                Files.move(other.resolve("9"), other.resolve("1"));
            }
        },
        NO_RECOVERY_POINT {
            @Override
            void damage(Path directory) throws IOException {
                fill(file(directory.resolve("consumequeue/t/3"), 200), 0, 50 * ENTRY, (byte) 3);
                Files.delete(directory.resolve("config/recoveryPoint"));
            }
        },
        RECOVERY_POINT_CHANGED {
            @Override
            void damage(Path directory) throws IOException {
                fill(file(directory.resolve("consumequeue/t/3"), 200), 0, 50 * ENTRY, (byte) 3);
                fill(directory.resolve("config/recoveryPoint"), 30, 31, (byte) '7');
            }
        };

        abstract void damage(Path directory) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeTheQueuesAgainAtOnceWhenTheirBeginOrEndShowsThatTheyAreWrong(Shown shown) throws IOException {
        // given
        shown.damage(directory);
        // when
        load();
        // then
        assertThat(queues()).isEqualTo(sound);
        store.start();
        assertThat(put("t", 3, 10, 0)).isEqualTo(620);
        assertThat(awaitProof().entriesCorrected()).isZero();
    }

    @Test
    void shouldNotBringBackATopicThatIsDeletedBeforeItWasProven() throws IOException {
        // given
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        start(environment);
        // when
        store.deleteTopics(Set.of("other"));
        assertThat(put("other", 1, 10, 0)).isZero();
        environment.stepGate().release(PROOF);
        awaitProof();
        store.shutdown();
        // then
        assertThat(Files.list(directory.resolve("consumequeue/other"))).containsExactly(
                directory.resolve("consumequeue/other/1"));
        start();
        awaitProof();
        assertThat(store.getMaxOffsetInQueue("other", 1)).isEqualTo(1);
        assertThat(store.getMaxOffsetInQueue("t", 3)).isEqualTo(620);
    }

    @Test
    void shouldBeginAgainAfterAKillInTheMiddleOfThePass() throws IOException {
        // given
        Hidden.A_WHOLE_FILE_OF_NOISE.damage(directory.resolve("consumequeue/t/3"));
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        start(environment);
        Stores.await(() -> environment.stepGate().isStandingAtGate(PROOF));
        put("t", 3, 10, 0);
        // when
        store.kill();
        start();
        // then
        assertThat(store.snapshot().recovery().recordsChecked()).isEqualTo(1);
        awaitProof();
        store.shutdown();
        assertThat(queues()).isEqualTo(rebuilt());
    }

    @Test
    void shouldReportDamageThatItFindsAsAHole() throws IOException {
        // given
        long damaged = Stores.FILE_BYTES + 10_000;
        Path file = directory.resolve("commitlog").resolve("%020d".formatted(Stores.FILE_BYTES));
        fill(file, 10_000, 10_001, (byte) (Files.readAllBytes(file)[10_000] ^ 1));
        // when
        start();
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.state()).isEqualTo(ProofSnapshot.State.FINISHED);
        assertThat(proof.holesFound()).isEqualTo(1);
        assertThat(proof.records()).isEqualTo(620 + 62 + 62 - 1);
        // and a blank holds the place of the message, so that nobody is given what is left of it
        assertThat(proof.entriesCorrected()).isEqualTo(1);
        assertThat(LongStream.range(0, 620)
                .filter(queueOffset -> store.getCommitLogOffsetInQueue("t", 3, queueOffset).isEmpty())
                .count()).isEqualTo(1);
        assertThat(store.getMaxOffsetInQueue("t", 3)).isEqualTo(620);
        assertThat(put("t", 3, 10, 0)).isEqualTo(620);
        assertThat(damaged).isLessThan(proof.toOffset());
    }

    @Test
    void shouldNotGiveOutADamagedMessageThatNobodyHasProvenYet() throws IOException {
        // given
        long offset = messageBehind(Stores.FILE_BYTES + 10_000);
        Path file = directory.resolve("commitlog").resolve("%020d".formatted(Stores.FILE_BYTES));
        int body = (int) (offset - Stores.FILE_BYTES) + 100;
        fill(file, body, body + 1, (byte) (Files.readAllBytes(file)[body] ^ 1));
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        start(environment);
        long queueOffset = LongStream.range(0, 620)
                .filter(at -> store.getCommitLogOffsetInQueue("t", 3, at).getAsLong() == offset)
                .findFirst()
                .orElseThrow();
        assertThat(store.logHoles()).isEmpty();
        // when
        try (var before = store.getMessage("g", "t", 3, queueOffset - 2, 32, MessageFilter.ALL);
                var there = store.getMessage("g", "t", 3, queueOffset, 32, MessageFilter.ALL)) {
            // then
            assertThat(before.status()).isEqualTo(GetMessageStatus.FOUND);
            assertThat(before.messageCount()).isEqualTo(2);
            assertThat(there.status()).isEqualTo(GetMessageStatus.MESSAGE_WAS_REMOVING);
            assertThat(there.nextBeginOffset()).isEqualTo(queueOffset + 1);
        }
        assertThat(store.logHoles()).singleElement()
                .satisfies(hole -> assertThat(hole.fromOffset()).isEqualTo(offset))
                .satisfies(hole -> assertThat(hole.reason()).contains("CRC"));
        assertThat(store.selectOneMessageByOffset(offset)).isEmpty();
        assertThat(store.snapshot().recovery().holes()).hasSize(1);
        // and the proof finds the same
        environment.stepGate().release(PROOF);
        assertThat(awaitProof().holesFound()).isEqualTo(1);
        assertThat(store.logHoles()).hasSize(1);
    }

    @Test
    void shouldGiveOutNothingDamagedByOffsetOrTimeBeforeItIsProven() throws IOException {
        // given
        long offset = messageBehind(Stores.FILE_BYTES + 20_000);
        Path file = directory.resolve("commitlog").resolve("%020d".formatted(Stores.FILE_BYTES));
        int body = (int) (offset - Stores.FILE_BYTES) + 100;
        fill(file, body, body + 1, (byte) (Files.readAllBytes(file)[body] ^ 1));
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        // when
        start(environment);
        // then
        assertThat(store.selectOneMessageByOffset(offset)).isEmpty();
        assertThat(store.lookMessageByOffset(offset)).isEmpty();
        assertThat(store.holeAt(offset)).isPresent();
        environment.stepGate().release(PROOF);
        awaitProof();
    }

    /// Where the first message of queue 3 begins at or behind an offset.
    private long messageBehind(long offset) {
        start();
        long found = LongStream.range(0, 620)
                .map(at -> store.getCommitLogOffsetInQueue("t", 3, at).getAsLong())
                .filter(at -> at >= offset)
                .findFirst()
                .orElseThrow();
        store.shutdown();
        return found;
    }

    @Test
    void shouldGoOnAtTheNewBeginWhenFilesExpireUnderIt() throws IOException {
        // given
        StoreEnvironment environment = LiveEnvironment.builder().build();
        environment.stepGate().hold(PROOF);
        store = new DefaultMessageStore(Stores.config(directory)
                .set(StoreSetting.FILE_RESERVED_TIME, 0)
                .set(StoreSetting.CLEAN_RESOURCE_INTERVAL, 1)
                .build(), environment, DispatchPipeline.Extensions.NONE, 0);
        store.load();
        store.start();
        Stores.await(() -> environment.stepGate().isStandingAtGate(PROOF));
        // when
        store.executeDeleteFilesManually();
        Stores.awaitSnapshot(store, snapshot -> snapshot.files().size() == 1);
        environment.stepGate().release(PROOF);
        ProofSnapshot proof = awaitProof();
        // then
        assertThat(proof.state()).isEqualTo(ProofSnapshot.State.FINISHED);
        assertThat(proof.entriesCorrected()).isZero();
        assertThat(store.getMinPhyOffset()).isGreaterThan(3 * Stores.FILE_BYTES);
        Stores.await(() -> store.getMinOffsetInQueue("t", 3) > 0
                && store.getCommitLogOffsetInQueue("t", 3, store.getMinOffsetInQueue("t", 3))
                        .getAsLong() >= store.getMinPhyOffset());
        for (long i = store.getMinOffsetInQueue("t", 3); i < 620; i++) {
            try (var result = store.getMessage("g", "t", 3, i, 1, MessageFilter.ALL)) {
                assertThat(result.messages()).hasSize(1);
            }
        }
    }

    static Stream<Long> seeds() {
        return new Random(20261121).longs(25).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldMakeTheQueuesEqualToAFullRebuildWhateverWasWrong(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        List<Path> files;
        try (Stream<Path> paths = Files.walk(directory.resolve("consumequeue"))) {
            files = paths.filter(Files::isRegularFile).sorted().toList();
        }
        int damages = 1 + random.nextInt(6);
        for (int i = 0; i < damages; i++) {
            Path file = files.get(random.nextInt(files.size()));
            if (random.nextInt(8) == 0) {
                Files.deleteIfExists(file);
            } else if (Files.exists(file)) {
                // What stands behind the end is nobody's, and is written over when the queue comes there.
                int end = dataBytes(file);
                int from = random.nextInt(end);
                int to = from + 1 + random.nextInt(Math.min(200, end - from));
                fill(file, from, to, (byte) random.nextInt(256));
            }
        }
        // when
        start();
        for (int i = random.nextInt(60); i > 0; i--) {
            put(random.nextBoolean() ? "t" : "later", 3, random.nextInt(500), i);
        }
        if (random.nextInt(3) == 0) {
            store.kill();
            start();
        }
        for (int i = random.nextInt(60); i > 0; i--) {
            put(random.nextBoolean() ? "other" : "later", random.nextInt(4), random.nextInt(500), i);
        }
        ProofSnapshot proof = awaitProof();
        store.shutdown();
        // then
        assertThat(proof.state()).as("seed %d", seed).isEqualTo(ProofSnapshot.State.FINISHED);
        assertThat(queues()).as("seed %d", seed).containsExactlyInAnyOrderEntriesOf(rebuilt());
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, Long.MAX_VALUE})
    void shouldCheckAShortLogAsAWhole(long checkedAtOnceBytes) throws IOException {
        // given
        Hidden.ZEROS.damage(directory.resolve("consumequeue/t/3"));
        // when
        store = new DefaultMessageStore(config(), LiveEnvironment.withoutProbe(), DispatchPipeline.Extensions.NONE,
                checkedAtOnceBytes);
        store.load();
        // then
        assertThat(store.snapshot().recovery().recordsChecked()).isEqualTo(620 + 62 + 62);
        assertThat(store.snapshot().proof().isFinished()).isTrue();
        assertThat(queues()).isEqualTo(sound);
    }

    /// The queues as they are made from the log alone.
    private Map<String, String> rebuilt() throws IOException {
        deleteAll(directory.resolve("consumequeue"));
        Files.deleteIfExists(directory.resolve("config/recoveryPoint"));
        load();
        store.shutdown();
        return queues();
    }

    private long put(String topic, int queueId, int bodyBytes, int tag) {
        PutMessageResult result = store.putMessage(Stores.message(topic, queueId)
                .body(new byte[bodyBytes])
                .propertiesString("TAGS\u0001" + tag + "\u0002"));
        assertThat(result.isOk()).isTrue();
        return result.append().queueOffset();
    }

    private ProofSnapshot awaitProof() {
        return Stores.awaitSnapshot(store, snapshot -> snapshot.proof().state() == ProofSnapshot.State.FINISHED
                || snapshot.proof().state() == ProofSnapshot.State.FAILED).proof();
    }

    private void start() {
        start(LiveEnvironment.withoutProbe());
    }

    private void start(StoreEnvironment environment) {
        load(environment);
        store.start();
    }

    private void load() {
        load(LiveEnvironment.withoutProbe());
    }

    private void load(StoreEnvironment environment) {
        store = new DefaultMessageStore(config(), environment, DispatchPipeline.Extensions.NONE, 0);
        store.load();
    }

    private MessageStoreConfig config() {
        return Stores.config(directory).build();
    }

    private Map<String, String> queues() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory.resolve("consumequeue"))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(path).toString(), DirectoryContents.sha256(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    private static Path file(Path queue, long firstEntry) {
        return queue.resolve("%020d".formatted(firstEntry * ENTRY));
    }

    private static int dataBytes(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > ENTRY && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void fill(Path file, int from, int to, byte with) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, from, to, with);
        Files.write(file, bytes);
    }

    private static void deleteAll(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
