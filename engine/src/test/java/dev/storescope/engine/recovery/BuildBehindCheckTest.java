package dev.storescope.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queues and index that are gone are built from what the check of the log has just found sound. The log is longer than what is
/// handed over at a time, and has two files.
class BuildBehindCheckTest {
    private static final int MESSAGES = 6_000;
    /// The first message of the second topic: by then keys have been handed to the thread beside.
    private static final int FIRST_LATER = 4_000;
    private static final long FILE_BYTES = 5L << 20;
    private static final int BODY_BYTES = 1_024;

    @TempDir private Path folder;
    private Path directory;
    private final long[] offsets = new long[MESSAGES];

    @BeforeEach
    void setUp() {
        directory = folder.resolve("store");
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        for (int i = 0; i < MESSAGES; i++) {
            offsets[i] = store.putMessage(Stores.message(i < FIRST_LATER ? "t" : "later", i % 3)
                    .body(new byte[BODY_BYTES])
                    .propertiesString(MessageProperties.encode(
                            Map.of(MessageProperties.KEYS, "key-%05d".formatted(i)))))
                    .append()
                    .wroteOffset();
        }
        store.shutdown();
    }

    @Test
    void shouldBuildTheSameFilesThatWereThere() throws IOException {
        // given
        Map<String, String> queues = contents("consumequeue");
        Map<String, String> index = contents("index");
        delete("consumequeue");
        delete("index");
        // when
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        RecoveryReport report = store.snapshot().recovery();
        // then nothing is left to be built or proven
        assertThat(report.queues().entriesBuilt()).isEqualTo(MESSAGES);
        assertThat(report.index().entriesBuilt()).isEqualTo(MESSAGES);
        assertThat(report.index().builtFromOffset()).isZero();
        assertThat(report.index().leftBytes()).isZero();
        assertThat(store.snapshot().proof().isFinished()).isTrue();
        assertThat(store.snapshot().services()).extracting(ServiceStatus::name).doesNotContain("IndexCatchUp");
        store.shutdown();
        assertThat(contents("consumequeue")).isEqualTo(queues);
        assertThat(contents("index")).isEqualTo(index);
    }

    @Test
    void shouldLeaveOutWhatIsDamaged() throws IOException {
        // given a record whose body is another, far behind the begin
        long damaged = offsets[3_000];
        Path log = directory.resolve("commitlog/%020d".formatted(0));
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), damaged + 500);
        }
        delete("consumequeue");
        delete("index");
        // when
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        // then
        assertThat(store.snapshot().recovery().holes()).extracting(LogHole::fromOffset).containsExactly(damaged);
        assertThat(store.queryMessage("t", "key-02999", 1, 0, Long.MAX_VALUE).messages()).hasSize(1);
        assertThat(store.queryMessage("t", "key-03000", 1, 0, Long.MAX_VALUE).messages()).isEmpty();
        assertThat(store.queryMessage("t", "key-03001", 1, 0, Long.MAX_VALUE).messages()).hasSize(1);
        assertThat(store.snapshot().recovery().index().entriesBuilt()).isEqualTo(MESSAGES - 1);
        store.shutdown();
        assertThat(new StoreCheck(LiveEnvironment.withoutProbe(), config().build()).run(CheckProgress.NONE).faults())
                .isNotEmpty()
                .allMatch(fault -> fault.toString().contains("commitlog"));
    }

    @Test
    void shouldSayWhatStandsInTheWayOfAQueueAndOpenOnceItIsGone() throws IOException {
        // given a file where the directory of the second topic would be made, while keys are put beside
        delete("consumequeue");
        delete("index");
        Files.createDirectories(directory.resolve("consumequeue"));
        Path inTheWay = Files.createFile(directory.resolve("consumequeue/later"));
        // when, then
        assertThatThrownBy(() -> Stores.start(config(), LiveEnvironment.withoutProbe()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("consumequeue");
        Files.delete(inTheWay);
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        assertThat(store.getMaxOffsetInQueue("later", 0)).isEqualTo((MESSAGES - FIRST_LATER) / 3);
        assertThat(store.queryMessage("later", "key-05999", 2, 0, Long.MAX_VALUE).messages()).hasSize(1);
        store.shutdown();
    }

    @Test
    void shouldFindTheKeysThatAreLeftWhenTheLogIsCutBehindTheBuilding() throws IOException {
        // given
        delete("index");
        DefaultMessageStore store = new DefaultMessageStore(config().build(), LiveEnvironment.withoutProbe());
        store.load();
        // when
        store.resetWriteOffset(offsets[2_000]);
        store.start();
        // then
        assertThat(store.queryMessage("t", "key-01999", 2, 0, Long.MAX_VALUE).messages()).hasSize(1);
        assertThat(store.queryMessage("t", "key-00000", 2, 0, Long.MAX_VALUE).messages()).hasSize(1);
        assertThat(store.queryMessage("t", "key-02000", 2, 0, Long.MAX_VALUE).messages()).isEmpty();
        store.putMessage(Stores.message("t", 0));
        store.shutdown();
        assertThat(new StoreCheck(LiveEnvironment.withoutProbe(), config().build()).run(CheckProgress.NONE).faults())
                .isEmpty();
    }

    @Test
    void shouldLeaveACleanStoreAloneOfWhichNoMessageHasAKey() throws IOException {
        // given
        MessageStoreConfig config = MessageStoreConfig.builder(folder.resolve("without")).build();
        DefaultMessageStore first = new DefaultMessageStore(config, LiveEnvironment.withoutProbe());
        first.load();
        first.start();
        first.putMessage(Stores.message("t", 0));
        first.shutdown();
        // when
        DefaultMessageStore loaded = new DefaultMessageStore(config, LiveEnvironment.withoutProbe());
        loaded.load();
        // then
        assertThat(folder.resolve("without/abort")).doesNotExist();
        loaded.shutdown();
    }

    private Map<String, String> contents(String below) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                // Index files are named by the time at which they were made.
                String name = below.equals("index")
                        ? "index " + contents.size()
                        : directory.relativize(file).toString();
                contents.put(name, DirectoryContents.sha256(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private void delete(String below) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(below))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private MessageStoreConfig.Builder config() {
        return MessageStoreConfig.builder(directory)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 20_000L)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, 5_000L)
                .set(StoreSetting.MAX_INDEX_NUM, 2_500L);
    }
}
