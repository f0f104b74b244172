package dev.storescope.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.GoldenStore;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Does with each directory that RocketMQ wrote what RocketMQ itself did with a copy of it, and sees the same: every
/// figure of its `expected.json`, and every queue entry of its `readback.jsonl`.
@Timeout(60)
class GoldenExpectationsTest {
    /// As the message has that RocketMQ's store was given.
    private static final int BODY_BYTES = 3;
    private static final String PROPERTIES = "UNIQ_KEY\u00010123456789\u0002";

    @TempDir private Path folder;

    private DefaultMessageStore store;
    private Map<String, Long> before;

    @AfterEach
    void tearDown() {
        if (store != null) {
            store.shutdown();
        }
    }

    static List<String> names() {
        return GoldenStore.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldSeeWhatTheRealStoreSawWhenItOpenedTheDirectory(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        JsonNode expected = golden.expected();
        before = files(golden.store());
        store = new DefaultMessageStore(config(golden), LiveEnvironment.withoutProbe());
        // when
        store.load();
        // then
        assertThat(store.snapshot().recovery().lastStop() == LastStop.UNCLEAN)
                .isEqualTo(expected.get("abortFilePresent").asBoolean());
        assertThat(expected.get("loadReturned").asBoolean()).isTrue();
        assertAfterLoad(expected.get("afterLoad"));
        assertFiles(golden, expected.get("filesAfterLoad"), Set.of());
        // when
        store.start();
        // then
        assertAfterStart(golden, expected.get("afterStart"));
        assertReadback(golden);
        assertNextAppend(expected.get("nextAppend"));
        assertFiles(golden, expected.get("files"), Set.of("abort"));
    }

    private void assertAfterLoad(JsonNode expected) {
        assertThat(store.getMaxPhyOffset()).isEqualTo(expected.get("maxPhyOffset").asLong());
        assertThat(store.getMinPhyOffset()).isEqualTo(minOffset(expected));
        assertThat(store.snapshot().log().flushed().offset()).isEqualTo(expected.get("flushedWhere").asLong());
        assertQueues(expected.get("queues"));
    }

    /// A log without files begins at -1 there, at 0 here.
    private static long minOffset(JsonNode expected) {
        return Math.max(0, expected.get("minPhyOffset").asLong());
    }

    private void assertQueues(JsonNode queues) {
        Map<String, String> expected = new TreeMap<>();
        queues.properties()
                .forEach(queue -> expected.put(queue.getKey(),
                        queue.getValue().get("min") + " to " + queue.getValue().get("max")));
        Map<String, String> found = new TreeMap<>();
        for (QueueSnapshot queue : store.snapshot().dispatch().queues()) {
            found.put(queue.topic() + "/" + queue.queueId(),
                    store.getMinOffsetInQueue(queue.topic(), queue.queueId()) + " to "
                            + store.getMaxOffsetInQueue(queue.topic(), queue.queueId()));
        }
        assertThat(found).isEqualTo(expected);
    }

    private void assertAfterStart(GoldenStore golden, JsonNode expected) {
        assertThat(store.getMaxPhyOffset()).isEqualTo(expected.get("maxPhyOffset").asLong());
        assertThat(store.getMinPhyOffset()).isEqualTo(minOffset(expected));
        assertThat(store.dispatchBehindBytes()).isEqualTo(expected.get("dispatchBehindBytes").asLong());
        assertThat(LogContents.of(store)).hasSize(expected.get("recordsInLogBelowMax").asInt());
        assertQueues(expected.get("queues"));
        Map<String, Integer> readable = new TreeMap<>();
        store.snapshot()
                .dispatch()
                .queues()
                .forEach(queue -> readable.put(queue.topic() + "/" + queue.queueId(),
                        readAll(queue.topic(), queue.queueId()).size()));
        Map<String, Integer> expectedReadable = new TreeMap<>();
        expected.get("queues")
                .properties()
                .forEach(queue -> expectedReadable.put(queue.getKey(), queue.getValue().get("readable").asInt()));
        assertThat(readable).isEqualTo(expectedReadable);
        assertThat(readable.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(expected.get("readableThroughCq").asInt())
                .isEqualTo(expected.get("cqEntries").asInt() - expected.get("cqEntriesNotReadable").asInt());
        assertThat(withoutEntry(golden)).isEqualTo(expected.get("recordsWithoutCqEntry").asInt());
        assertLookups(golden, expected);
    }

    private long withoutEntry(GoldenStore golden) {
        return golden.written()
                .stream()
                .filter(line -> store.getCommitLogOffsetInQueue(line.get("topic").asText(),
                        line.get("queueId").asInt(), line.get("queueOffset").asLong())
                        .orElse(-1) != line.get("physicalOffset").asLong())
                .count();
    }

    private void assertLookups(GoldenStore golden, JsonNode expected) {
        int keys = 0;
        int keysFound = 0;
        int tags = 0;
        int tagsFound = 0;
        for (JsonNode line : golden.written()) {
            for (String key : keys(line)) {
                keys++;
                keysFound += finds(line, key) ? 1 : 0;
            }
            // The unique key is not among those that were counted.
            assertThat(finds(line, line.path("properties").path("UNIQ_KEY").asText())).as("%s", line).isTrue();
            if (!line.path("tags").asText().isEmpty()) {
                tags++;
                tagsFound += finds(line, "T#" + line.get("tags").asText()) ? 1 : 0;
            }
        }
        assertThat(keys).isEqualTo(expected.get("keyLookups").asInt());
        assertThat(keysFound).isEqualTo(expected.get("keyLookupsFound").asInt());
        assertThat(tags).isEqualTo(expected.get("tagLookups").asInt());
        assertThat(tagsFound).isEqualTo(expected.get("tagLookupsFound").asInt());
    }

    private static List<String> keys(JsonNode line) {
        List<String> keys = new ArrayList<>(List.of(line.path("keys").asText().split(" ")));
        keys.removeIf(String::isEmpty);
        return keys;
    }

    private boolean finds(JsonNode line, String key) {
        return store.queryMessage(line.get("topic").asText(), key, 10_000, 0, Long.MAX_VALUE)
                .messages()
                .stream()
                .anyMatch(message -> message.commitLogOffset() == line.get("physicalOffset").asLong());
    }

    private void assertReadback(GoldenStore golden) {
        for (JsonNode line : golden.readback()) {
            String where = line.toString();
            long offset = line.get("physicalOffset").asLong();
            if (offset >= golden.recoveredEndOffset()) {
                continue;
            }
            try (GetMessageResult result = store.getMessage("group", line.get("topic").asText(),
                    line.get("queueId").asInt(), line.get("queueOffset").asLong(), 1, MessageFilter.ALL)) {
                assertThat(result.status().name()).as(where).isEqualTo(line.get("status").asText());
                MessageExt message = result.messages().getFirst();
                assertThat(message.commitLogOffset()).as(where).isEqualTo(offset);
                assertThat(message.topic()).as(where).isEqualTo(line.get("recordTopic").asText());
                assertThat(message.queueId()).as(where).isEqualTo(line.get("recordQueueId").asInt());
                assertThat(message.queueOffset()).as(where).isEqualTo(line.get("recordQueueOffset").asLong());
                assertThat(message.bodyCrc32()).as(where).isEqualTo(line.get("bodyCrc32").asInt());
            }
        }
    }

    private List<MessageExt> readAll(String topic, int queueId) {
        List<MessageExt> messages = new ArrayList<>();
        long next = store.getMinOffsetInQueue(topic, queueId);
        GetMessageStatus status = GetMessageStatus.FOUND;
        while (status == GetMessageStatus.FOUND) {
            try (GetMessageResult result = store.getMessage("group", topic, queueId, next, 32, MessageFilter.ALL)) {
                status = result.status();
                messages.addAll(result.messages());
                next = result.nextBeginOffset();
            }
        }
        return messages;
    }

    private void assertNextAppend(JsonNode expected) {
        String topic = expected.get("topic").asText();
        int queueId = expected.get("queueId").asInt();
        PutMessageResult result = store.putMessage(new MessageExtBrokerInner().topic(topic)
                .queueId(queueId)
                .body(new byte[BODY_BYTES])
                .propertiesString(PROPERTIES));
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        assertThat(result.status().name()).isEqualTo(expected.get("status").asText());
        assertThat(result.append().wroteOffset()).isEqualTo(expected.get("physicalOffset").asLong());
        assertThat(result.append().queueOffset()).isEqualTo(expected.get("queueOffset").asLong());
        assertThat(result.append().wroteBytes()).isEqualTo(expected.get("size").asInt());
        try (GetMessageResult read = store.getMessage("group", topic, queueId, result.append().queueOffset(), 1,
                MessageFilter.ALL)) {
            assertThat(read.status().name()).isEqualTo(expected.get("thenReadThroughCq").asText());
            assertThat(read.messages().getFirst().commitLogOffset()).isEqualTo(result.append().wroteOffset());
        }
    }

    /// @param anyLength files of which only the name is compared
    private void assertFiles(GoldenStore golden, JsonNode expected, Set<String> anyLength) {
        // The file behind the one in use is made beside the put.
        Stores.await(() -> files(golden.store()).keySet()
                .containsAll(texts(expected.get("created"), Set.of()).stream()
                        .map(text -> text.split(" ")[0])
                        .filter(path -> path.startsWith("commitlog"))
                        .toList()));
        Map<String, Long> now = files(golden.store());
        Set<String> deleted = new TreeSet<>(before.keySet());
        deleted.removeAll(now.keySet());
        assertThat(deleted).as("deleted").isEqualTo(texts(expected.get("deleted"), Set.of()));
        Set<String> created = now.keySet()
                .stream()
                .filter(path -> !before.containsKey(path))
                .filter(path -> !(isAbortOfABuild(path, now) && !anyLength.contains(path)))
                .map(path -> masked("%s (%d)".formatted(path, now.get(path)), anyLength))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(created).as("created").isEqualTo(texts(expected.get("created"), anyLength));
        Set<String> resized = now.keySet()
                .stream()
                // The number of a process has any length.
                .filter(path -> before.containsKey(path) && !path.equals("abort"))
                .filter(path -> !before.get(path).equals(now.get(path)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(resized).as("resized").isEqualTo(texts(expected.get("resized"), Set.of()));
    }

    /// Where queues are built, the mark is there before the first of them and not only when the store is started: those of a
    /// store that dies meanwhile are not to be believed.
    private boolean isAbortOfABuild(String path, Map<String, Long> now) {
        return path.equals("abort")
                && now.keySet().stream().anyMatch(it -> it.startsWith("consumequeue/") && !before.containsKey(it));
    }

    /// Paths with their lengths, but for files of RocketMQ's that are no part of the store as we have it.
    private static Set<String> texts(JsonNode list, Set<String> anyLength) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .filter(text -> !text.startsWith("rocksdbstore/") && !text.startsWith("abort.bak"))
                .map(text -> masked(text, anyLength))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// An index file that is made now has the time as its name; the number of the process may have any length.
    private static String masked(String text, Set<String> anyLength) {
        String path = text.split(" ")[0];
        if (anyLength.contains(path)) {
            return path;
        }
        return text.matches("index/\\d{17} \\(.*") ? text.replaceFirst("\\d{17}", "(now)") : text;
    }

    /// Without those of this engine alone, which RocketMQ leaves alone and which come and go while it runs.
    private static Map<String, Long> files(Path root) {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(path -> !path.endsWith("config")).toList()) {
                try (Stream<Path> paths = Files.walk(entry)) {
                    for (Path path : paths.filter(Files::isRegularFile).toList()) {
                        files.put(root.relativize(path).toString(), Files.size(path));
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageStoreConfig config(GoldenStore golden) {
        return MessageStoreConfig.builder(golden.store())
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, golden.segmentSizeBytes())
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, golden.queueFileBytes())
                .set(StoreSetting.MAX_HASH_SLOT_NUM, golden.indexSlots())
                .set(StoreSetting.MAX_INDEX_NUM, golden.indexEntries())
                .set(StoreSetting.MAX_MSGS_NUM_BATCH, 10_000)
                .build();
    }

    /// A figure that a later fixture brings must not go unchecked.
    @ParameterizedTest
    @MethodSource("names")
    void shouldKnowEveryFieldOfTheExpectations(String name) {
        JsonNode expected = GoldenStore.unpack(name, folder).expected();
        Map<String, Set<String>> known = new LinkedHashMap<>();
        known.put("", Set.of("type", "rocketmq", "openedWith", "abortFilePresent", "loadReturned", "afterLoad",
                "filesAfterLoad", "afterStart", "nextAppend", "files"));
        // confirmPhyOffset means something with a controller only, which there is none of here.
        known.put("afterLoad", Set.of("maxPhyOffset", "minPhyOffset", "flushedWhere", "confirmPhyOffsetInCheckpoint",
                "queues"));
        known.put("afterStart", Set.of("maxPhyOffset", "minPhyOffset", "dispatchBehindBytes", "recordsInLogBelowMax",
                "cqEntries", "readableThroughCq", "cqEntriesNotReadable", "recordsWithoutCqEntry", "keyLookups",
                "keyLookupsFound", "tagLookups", "tagLookupsFound", "queues"));
        known.put("nextAppend", Set.of("topic", "queueId", "status", "physicalOffset", "queueOffset", "size",
                "thenReadThroughCq"));
        known.put("filesAfterLoad", Set.of("deleted", "created", "resized"));
        known.put("files", Set.of("deleted", "created", "resized"));
        known.forEach((part, fields) -> {
            JsonNode object = part.isEmpty() ? expected : expected.get(part);
            assertThat(object.properties()).as(part)
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrderElementsOf(
                            fields);
        });
    }

    @Test
    void shouldTryEveryFixture() throws IOException {
        Path resources = Path.of("src/test/resources/golden");
        try (Stream<Path> files = Files.list(resources)) {
            assertThat(files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".tar.gz"))
                    .map(file -> file.replace(".tar.gz", ""))).containsExactlyInAnyOrderElementsOf(names());
        }
        assertThat(IntStream.rangeClosed(1, names().size()).mapToObj("p%02d-"::formatted)).allMatch(
                prefix -> names().stream().anyMatch(name -> name.startsWith(prefix)));
    }
}
