package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageList;
import dev.storescope.engine.inspect.MessageSelection;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.GoldenStore;
import dev.storescope.engine.testing.Mutations;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes a directory holds: no reader and no opening goes outside it, goes round for ever, takes memory that
/// the files do not justify, or throws anything but a [StoreException].
///
/// `-Dstorescope.fuzz=1000` tries so many directories, `-Dstorescope.fuzz.from=17` others.
@Timeout(60)
class HostileDirectoryTest {
    private static final List<String> STORES = GoldenStore.names()
            .stream()
            .filter(name -> !name.startsWith("p01"))
            .toList();
    private static final long LARGEST_TAKEN_BYTES = 64 << 20;
    /// Files that an opened store may make: of log, queues and index.
    private static final long MOST_GROWTH_BYTES = 32 << 20;

    @TempDir private Path folder;

    private static LongStream seeds() {
        long from = Long.getLong("storescope.fuzz.from", 0);
        return LongStream.range(from, from + Long.getLong("storescope.fuzz", 40));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadAndOpenAnythingWithoutHarm(long seed) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(STORES.get(Math.floorMod(seed, STORES.size())), folder);
        Path store = golden.store();
        List<String> mutations = Mutations.apply(seed, store);
        String what = "seed %d: %s".formatted(seed, String.join("; ", mutations));
        Map<String, String> before = small(store);
        Map<String, String> outside = outside(store);

        // when, then: reading changes nothing
        long taken = allocatedBytes();
        read(what, () -> new StoreCheck(LiveEnvironment.withoutProbe(), config(store)).run(CheckProgress.NONE));
        read(what, () -> new StoreCheck(LiveEnvironment.withoutProbe(), MessageStoreConfig.builder(store).build())
                .run(CheckProgress.NONE));
        read(what, () -> new StoreInspector(LiveEnvironment.withoutProbe(), store).inspect());
        read(what, () -> new MessageList(new StoreInspector(LiveEnvironment.withoutProbe(), store),
                MessageSelection.ALL).each(new Counter()));
        assertThat(allocatedBytes() - taken).as(what).isLessThan(LARGEST_TAKEN_BYTES);
        assertThat(small(store)).as(what).isEqualTo(before);

        // when, then: opening changes nothing outside, and makes nothing large
        long bytesBefore = bytesOnDisk(store);
        open(what, store, seed);
        assertThat(outside(store)).as(what).isEqualTo(outside);
        assertThat(bytesOnDisk(store)).as(what).isLessThan(bytesBefore + MOST_GROWTH_BYTES);
        read(what, () -> new StoreCheck(LiveEnvironment.withoutProbe(), config(store)).run(CheckProgress.NONE));
    }

    private static void open(String what, Path directory, long seed) {
        DefaultMessageStore store = new DefaultMessageStore(config(directory), LiveEnvironment.withoutProbe());
        read(what, () -> {
            store.load();
            store.start();
            use(store, new Random(seed));
        });
        read(what, store::shutdown);
    }

    private static void use(DefaultMessageStore store, Random random) {
        for (int i = 0; i < 50; i++) {
            store.lookMessageByOffset(random.nextLong(200_000));
        }
        for (int queue = 0; queue < 12; queue++) {
            long offset = random.nextInt(40);
            try (GetMessageResult found = store.getMessage("group", "topic-" + queue % 3, queue / 3, offset, 32,
                    MessageFilter.ALL)) {
                found.messages();
            }
        }
        store.putMessage(Stores.message("topic-0", 0));
    }

    private static MessageStoreConfig config(Path store) {
        return MessageStoreConfig.builder(store)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 65_536L)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 20_000L)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, 100L)
                .set(StoreSetting.MAX_INDEX_NUM, 400L)
                .build();
    }

    private static void read(String what, Runnable reading) {
        try {
            reading.run();
        } catch (StoreException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
        } catch (RuntimeException | Error e) {
            fail(what, e);
        }
    }

    private static final class Counter implements MessageList.Sink {
        private long messages;

        @Override
        public void message(MessageExt message) {
            messages++;
        }

        @Override
        public void fault(LogStep.Fault fault) {
            assertThat(fault.text()).isNotBlank();
        }

        @Override
        public boolean hasEnough() {
            return messages > 10_000;
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /// What is below the directory, but for sparse files, which are large and were made so by the test.
    private static Map<String, String> small(Path store) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.toList()) {
                boolean read = Files.isRegularFile(file) && Files.size(file) < 1 << 20;
                contents.put(store.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + " " + (read
                                ? DirectoryContents.sha256(Files.readAllBytes(file))
                                : ""));
            }
        }
        return contents;
    }

    private Map<String, String> outside(Path store) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> !each.startsWith(store)).toList()) {
                contents.put(folder.relativize(file).toString(), Files.isDirectory(file)
                        ? "directory"
                        : Files.getLastModifiedTime(file).toString());
            }
        }
        return contents;
    }

    private static long bytesOnDisk(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
