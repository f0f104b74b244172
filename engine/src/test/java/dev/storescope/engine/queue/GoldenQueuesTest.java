package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Queues that RocketMQ itself wrote, beside those that we build from the same log.
class GoldenQueuesTest {
    @TempDir private Path folder;

    static Stream<String> namesWithQueues() {
        return GoldenStore.names().stream().filter(name -> !name.startsWith("p01") && !name.startsWith("p09"));
    }

    static List<String> names() {
        return GoldenStore.names();
    }

    @ParameterizedTest
    @MethodSource("namesWithQueues")
    void shouldBuildTheVeryBytesThatTheRealStoreWrote(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, byte[]> real = realQueues(golden);
        deleteAll(golden.store().resolve("consumequeue"));
        // when
        RecoveryReport report = openAndClose(golden);
        // then
        assertThat(real).isNotEmpty();
        assertSame(queues(golden.store()), real);
        if (report.lastStop() == LastStop.CLEAN) {
            assertThat(report.notes()).singleElement()
                    .asString()
                    .contains("%d entries were missing".formatted(golden.written().size()));
        }
    }

    @ParameterizedTest
    @MethodSource("namesWithQueues")
    void shouldLeaveSoundQueuesOfARealStoreAsTheyAre(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, byte[]> real = realQueues(golden);
        // when
        RecoveryReport report = openAndClose(golden);
        // then
        assertSame(queues(golden.store()), real);
        assertThat(report.notes()).noneMatch(note -> note.contains("were missing") || note.contains("corrected"));
    }

    @ParameterizedTest
    @MethodSource("namesWithQueues")
    void shouldBuildTheOneQueueThatIsMissing(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, byte[]> real = realQueues(golden);
        deleteAll(golden.store().resolve("consumequeue").resolve(Path.of(real.keySet().iterator().next()).getParent()));
        // when
        openAndClose(golden);
        // then
        assertSame(queues(golden.store()), real);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldKnowTheLengthsOfTheQueuesOfARealStore(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        DefaultMessageStore store = new DefaultMessageStore(config(golden), LiveEnvironment.withoutProbe());
        // when
        store.load();
        // then
        JsonNode queues = golden.expected().get("afterLoad").get("queues");
        queues.properties().forEach(queue -> {
            String[] parts = queue.getKey().split("/");
            assertThat(store.getMaxOffsetInQueue(parts[0], Integer.parseInt(parts[1]))).as(queue.getKey())
                    .isEqualTo(queue.getValue().get("max").asLong());
        });
        assertThat(store.snapshot().dispatch().queues()).hasSize(queues.size());
        store.shutdown();
    }

    private static void assertSame(Map<String, byte[]> ours, Map<String, byte[]> real) {
        assertThat(ours.keySet()).isEqualTo(real.keySet());
        real.forEach((file, bytes) -> assertThat(ours.get(file)).as(file).isEqualTo(bytes));
    }

    /// The files as the real store wrote them, without what points behind the end of the log that it found later.
    private static Map<String, byte[]> realQueues(GoldenStore golden) {
        Map<String, byte[]> real = queues(golden.store());
        long end = golden.recoveredEndOffset();
        real.values().forEach(bytes -> {
            ByteBuffer entries = ByteBuffer.wrap(bytes);
            for (int at = 0; at < bytes.length; at += ConsumeQueueEntry.BYTES) {
                if (entries.getLong(at) >= end) {
                    entries.put(at, new byte[ConsumeQueueEntry.BYTES]);
                }
            }
        });
        return real;
    }

    private static Map<String, byte[]> queues(Path store) {
        Path root = store.resolve("consumequeue");
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static RecoveryReport openAndClose(GoldenStore golden) {
        DefaultMessageStore store = new DefaultMessageStore(config(golden), LiveEnvironment.withoutProbe());
        store.load();
        RecoveryReport report = store.snapshot().recovery();
        store.shutdown();
        return report;
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static MessageStoreConfig config(GoldenStore golden) {
        return MessageStoreConfig.builder(golden.store())
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, golden.segmentSizeBytes())
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, golden.queueFileBytes())
                .set(StoreSetting.MAX_HASH_SLOT_NUM, golden.indexSlots())
                .set(StoreSetting.MAX_INDEX_NUM, golden.indexEntries())
                .build();
    }
}
