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
    private static final long FILE_BYTES = 5L << 20;
    private static final int BODY_BYTES = 1_024;

    @TempDir private Path folder;
    private Path directory;
    private long bytesOfARecord;

    @BeforeEach
    void setUp() {
        directory = folder.resolve("store");
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        for (int i = 0; i < MESSAGES; i++) {
            bytesOfARecord = store.putMessage(Stores.message("t", i % 3)
                    .body(new byte[BODY_BYTES])
                    .propertiesString(MessageProperties.encode(
                            Map.of(MessageProperties.KEYS, "key-%05d".formatted(i)))))
                    .append()
                    .wroteBytes();
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
        long damaged = bytesOfARecord * 3_000;
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
                .allMatch(fault -> fault.toString().contains("00000000000000000000"));
    }

    @Test
    void shouldSayWhatStandsInTheWayOfAQueueAndOpenOnceItIsGone() throws IOException {
        // given a file where a queue's directory would be made
        delete("consumequeue");
        delete("index");
        Files.createDirectories(directory.resolve("consumequeue"));
        Path inTheWay = Files.createFile(directory.resolve("consumequeue/t"));
        // when, then
        assertThatThrownBy(() -> Stores.start(config(), LiveEnvironment.withoutProbe()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("consumequeue");
        Files.delete(inTheWay);
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        assertThat(store.getMaxOffsetInQueue("t", 0)).isEqualTo(MESSAGES / 3);
        store.shutdown();
    }

    private Map<String, String> contents(String below) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve(below))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Index files are named by the time at which they were made.
                String name = below.equals("index") ? "index" : directory.relativize(file).toString();
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
                .set(StoreSetting.MAX_INDEX_NUM, 20_000L);
    }
}
