package dev.storescope.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Index files that RocketMQ itself wrote: we write the same from the same log, and read them.
class GoldenIndexTest {
    private final StoreEnvironment environment = LiveEnvironment.withoutProbe();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void tearDown() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    static List<String> names() {
        return GoldenStore.names();
    }

    /// Those whose log still has all that was indexed.
    static Stream<String> wholeNames() {
        return names().stream().filter(name -> !name.startsWith("p08"));
    }

    @ParameterizedTest
    @MethodSource("wholeNames")
    void shouldWriteTheSameBytesAsTheRealStoreFromTheSameLog(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        MappedFileQueue log = log(golden);
        IndexService index = index(config(golden, folder.resolve("ours")));

        // when
        new LogReplay(environment, log, new LogHoles()).feed(0, golden.recoveredEndOffset(), index);

        // then
        List<Path> theirs = filesIn(golden.store().resolve("index"));
        List<Path> ours = filesIn(folder.resolve("ours").resolve("index"));
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(Files.readAllBytes(ours.get(i))).as("%s, file %d", name, i)
                    .isEqualTo(Files.readAllBytes(theirs.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldFindEachMessageByEachOfItsKeysInTheFilesOfTheRealStore(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, String> before = DirectoryContents.of(golden.store());
        log(golden);

        // when
        IndexService index = index(config(golden, golden.store()));

        // then
        long end = golden.recoveredEndOffset();
        Map<Integer, List<Long>> byHash = offsetsByHash(golden.written());
        for (JsonNode line : golden.written()) {
            for (String key : keysOf(line)) {
                List<Long> all = byHash.get(hash(line, key));
                assertThat(index.query(IndexQuery.of(line.get("topic").asText(), key, 100), 0, end))
                        .as("%s, key %s", name, key)
                        .isEqualTo(all.subList(Math.max(0, all.size() - 64), all.size()));
            }
        }
        assertThat(DirectoryContents.of(golden.store())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldGoOnWithFilesOfTheRealStoreAsIfItHadWrittenThemItself(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        MappedFileQueue log = log(golden);
        long end = golden.recoveredEndOffset();
        IndexService built = index(config(golden, folder.resolve("ours")));
        new LogReplay(environment, log, new LogHoles()).feed(0, end, built);
        IndexService kept = new IndexService(environment, config(golden, golden.store()), new RunningFlags());
        opened.add(kept::close);
        IndexRecovery recovery = new IndexRecovery(kept);

        // when
        LastStop lastStop = Files.exists(golden.store().resolve("abort")) ? LastStop.UNCLEAN : LastStop.CLEAN;
        recovery.load(lastStop, indexMsgTimestamp(golden));
        long from = recovery.fitToLog(0, end, new LogReplay(environment, log, new LogHoles()));
        new LogReplay(environment, log, new LogHoles()).feed(from, end, kept);

        // then
        List<Path> theirs = filesIn(golden.store().resolve("index"));
        List<Path> ours = filesIn(folder.resolve("ours").resolve("index"));
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(Files.readAllBytes(theirs.get(i))).as("%s, file %d", name, i)
                    .isEqualTo(Files.readAllBytes(ours.get(i)));
        }
    }

    private static long indexMsgTimestamp(GoldenStore golden) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(golden.store().resolve("checkpoint"))).getLong(16);
    }

    /// Keys are found by their hash only, as in the real store.
    private static Map<Integer, List<Long>> offsetsByHash(List<JsonNode> written) {
        Map<Integer, List<Long>> byHash = new HashMap<>();
        for (JsonNode line : written) {
            for (String key : keysOf(line)) {
                List<Long> offsets = byHash.computeIfAbsent(hash(line, key), hash -> new ArrayList<>());
                long offset = line.get("physicalOffset").asLong();
                if (offsets.isEmpty() || offsets.getLast() != offset) {
                    offsets.add(offset);
                }
            }
        }
        return byHash;
    }

    private static int hash(JsonNode line, String key) {
        return Math.abs((line.get("topic").asText() + "#" + key).hashCode());
    }

    private static List<String> keysOf(JsonNode line) {
        List<String> keys = new ArrayList<>();
        JsonNode properties = line.get("properties");
        if (properties.has("UNIQ_KEY")) {
            keys.add(properties.get("UNIQ_KEY").asText());
        }
        if (properties.has("KEYS")) {
            keys.addAll(List.of(properties.get("KEYS").asText().strip().split(" +")));
        }
        if (properties.has("TAGS")) {
            keys.add("T#" + properties.get("TAGS").asText());
        }
        return keys;
    }

    private MappedFileQueue log(GoldenStore golden) throws IOException {
        MappedFileQueue log = new MappedFileQueue(environment, MappedFileQueue.Options.of(
                golden.store().resolve("commitlog"), golden.segmentSizeBytes(), "mappedFileSizeCommitLog"));
        log.load();
        opened.add(log::close);
        return log;
    }

    private IndexService index(MessageStoreConfig config) throws IOException {
        IndexService index = new IndexService(environment, config, new RunningFlags());
        index.load();
        opened.add(index::close);
        return index;
    }

    private static MessageStoreConfig config(GoldenStore golden, Path root) {
        return MessageStoreConfig.builder(root)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, golden.segmentSizeBytes())
                .set(StoreSetting.MAX_HASH_SLOT_NUM, golden.indexSlots())
                .set(StoreSetting.MAX_INDEX_NUM, golden.indexEntries())
                .build();
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
