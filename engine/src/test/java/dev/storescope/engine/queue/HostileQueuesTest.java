package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever somebody did to the directory of the queues: the store opens, the queues of the log are what the log says, and
/// nothing outside is touched.
class HostileQueuesTest {
    private static final List<String> NAMES = List.of("00000000000000000000", "00000000000000001000",
            "99999999999999999980", "09223372036854775000", "00000000000000000007", "x", "-1", "2147483648", "007",
            "nul",
            "...", "00000000000000004000");

    @TempDir private Path folder;
    private Path directory;
    private final Map<String, Long> lengths = new TreeMap<>();
    private Map<String, String> sound;

    @BeforeEach
    void setUp() throws IOException {
        directory = folder.resolve("store");
        DefaultMessageStore store = Stores.start(Stores.config(directory), LiveEnvironment.withoutProbe());
        for (int i = 0; i < 230; i++) {
            store.putMessage(Stores.message(i % 3 == 0 ? "few" : "many", i % 2));
        }
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        for (String queue : List.of("few/0", "few/1", "many/0", "many/1")) {
            String[] parts = queue.split("/");
            lengths.put(queue, store.getMaxOffsetInQueue(parts[0], Integer.parseInt(parts[1])));
        }
        store.shutdown();
        sound = ofTheLog();
        Files.writeString(folder.resolve("outside"), "untouched");
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldOpenWithTheQueuesOfTheLog(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        List<String> done = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(6); i++) {
            done.add(mutate(random));
        }
        // when
        DefaultMessageStore store = new DefaultMessageStore(Stores.config(directory).build(),
                LiveEnvironment.withoutProbe());
        try {
            store.load();
        } catch (StoreException e) {
            // then only because no file at all has the length of the settings
            assertThat(e).as("seed %d: %s", seed, done).hasMessageContaining("mappedFileSizeConsumeQueue");
            return;
        }
        // then
        assertThat(store.getMaxOffsetInQueue("many", 0)).as("seed %d: %s", seed, done).isEqualTo(76);
        store.shutdown();
        Map<String, String> after = ofTheLog();
        sound.forEach((file, content) -> assertThat(after.get(file)).as("seed %d: %s, %s", seed, done, file)
                .isEqualTo(content));
        assertThat(Files.readString(folder.resolve("outside"))).isEqualTo("untouched");
        assertThat(Files.list(folder)).hasSize(2);
    }

    private String mutate(Random random) throws IOException {
        Path queues = directory.resolve("consumequeue");
        List<Path> files;
        try (Stream<Path> paths = Files.walk(queues)) {
            files = paths.filter(Files::isRegularFile).sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        String what = file.getFileName() + ": ";
        switch (random.nextInt(8)) {
            case 0 -> {
                random.nextBytes(bytes);
                Files.write(file, bytes);
                return what + "noise";
            }
            case 1 -> {
                int at = random.nextInt(Math.max(1, bytes.length));
                if (bytes.length > 0) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, bytes);
                return what + "bit at " + at;
            }
            case 2 -> {
                Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0 : 0xFF));
                Files.write(file, bytes);
                return what + "filled";
            }
            case 3 -> {
                int length = random.nextInt(2_000);
                Files.write(file, Arrays.copyOf(bytes, length));
                return what + "length " + length;
            }
            case 4 -> {
                Files.delete(file);
                return what + "deleted";
            }
            case 5 -> {
                Path copy = file.resolveSibling(NAMES.get(random.nextInt(NAMES.size())));
                Files.write(copy, bytes);
                return what + "copied to " + copy.getFileName();
            }
            case 6 -> {
                Path other = Files.createDirectories(queues.resolve(random.nextBoolean() ? "few" : "strange")
                        .resolve(NAMES.get(random.nextInt(NAMES.size()))));
                Files.write(other.resolve(NAMES.get(random.nextInt(NAMES.size()))), bytes);
                return what + "copied into " + queues.relativize(other);
            }
            default -> {
                Path other = files.get(random.nextInt(files.size()));
                Files.write(other, bytes);
                return what + "copied over " + queues.relativize(other);
            }
        }
    }

    /// The files of the queues that the log has messages of, up to the last entry: what stands behind it is nobody's as long
    /// as the store was stopped cleanly.
    private Map<String, String> ofTheLog() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<String, Long> queue : lengths.entrySet()) {
            Path path = directory.resolve("consumequeue").resolve(queue.getKey());
            long end = queue.getValue() * ConsumeQueueEntry.BYTES;
            for (long from = 0; from < end; from += Stores.QUEUE_FILE_BYTES) {
                Path file = path.resolve("%020d".formatted(from));
                byte[] data = Arrays.copyOf(Files.readAllBytes(file),
                        (int) Math.min(Stores.QUEUE_FILE_BYTES, end - from));
                files.put(queue.getKey() + "/" + from, DirectoryContents.sha256(data));
            }
        }
        return files;
    }
}
