package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which directories open and which do not; a directory that is refused or only read is as it was, to the byte and to
/// the time of its last change.
class StoreDirectoriesTest {
    @TempDir private Path root;
    private Path directory;

    @BeforeEach
    void setUp() {
        directory = root.resolve("store");
    }

    @Test
    void shouldMakeADirectoryThatIsMissing() {
        // given
        directory = root.resolve("one/two/store");

        // when
        DefaultMessageStore store = start(Stores.config(directory));
        store.putMessage(message("t", 0));
        store.shutdown();

        // then
        assertThat(directory.resolve("commitlog/00000000000000000000")).hasSize(Stores.FILE_BYTES);
        assertThat(directory.resolve("checkpoint")).hasSize(4_096);
        assertThat(directory.resolve("lock")).hasContent("lock");
        assertThat(directory.resolve("abort")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {Stores.FILE_BYTES / 2, Stores.FILE_BYTES * 2, 4_096})
    void shouldRefuseFilesOfAnotherSizeAndSayWhich(long sizeBytes) throws IOException {
        // given
        DefaultMessageStore store = start(Stores.config(directory));
        store.putMessage(message("t", 0));
        store.shutdown();
        Map<String, String> before = fingerprint(directory);
        MessageStoreConfig.Builder other = Stores.config(directory)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, sizeBytes);

        // then
        assertThatThrownBy(() -> start(other)).isInstanceOf(StoreException.class)
                .hasMessage(("%s: expected a file of %d bytes (mappedFileSizeCommitLog), found %d bytes; nothing was"
                        + " changed").formatted(directory.resolve("commitlog/00000000000000000000"), sizeBytes,
                                Stores.FILE_BYTES));
        assertThat(fingerprint(directory)).isEqualTo(before);
    }

    @Test
    void shouldRefuseQueueFilesOfAnotherSizeAndSayWhich() throws IOException {
        // given
        DefaultMessageStore store = start(Stores.config(directory));
        store.putMessage(message("t", 0));
        store.shutdown();
        Map<String, String> before = fingerprint(directory);
        MessageStoreConfig.Builder other = Stores.config(directory)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 2_001);

        // then
        assertThatThrownBy(() -> start(other)).isInstanceOf(StoreException.class)
                .hasMessage(("%s: expected a file of 2020 bytes (mappedFileSizeConsumeQueue), found 1000 bytes; nothing"
                        + " was changed").formatted(directory.resolve("consumequeue/t/0/00000000000000000000")));
        assertThat(fingerprint(directory)).isEqualTo(before);
    }

    @Test
    void shouldRefuseADirectoryThatIsNoStore() throws IOException {
        // given
        Files.createDirectories(directory.resolve("photos"));
        Files.writeString(directory.resolve("letter.txt"), "dear");
        Map<String, String> before = fingerprint(directory);

        // then
        assertThatThrownBy(() -> start(Stores.config(directory))).isInstanceOf(StoreException.class)
                .hasMessage(directory + ": expected a store or an empty directory, found 2 other entries, the first is"
                        + " letter.txt; nothing was changed");
        assertThat(fingerprint(directory)).isEqualTo(before);
    }

    @Test
    void shouldTakeAnEmptyDirectory() throws IOException {
        // given
        Files.createDirectories(directory);

        // when
        DefaultMessageStore store = start(Stores.config(directory));

        // then
        assertThat(store.putMessage(message("t", 0)).isOk()).isTrue();
        store.shutdown();
    }

    @Test
    void shouldRefuseADirectoryThatIsInUseAndLeaveTheOtherStoreAlone() throws IOException {
        // given
        DefaultMessageStore first = start(Stores.config(directory));
        first.putMessage(message("t", 0));

        // when, then
        assertThatThrownBy(() -> start(Stores.config(directory))).isInstanceOf(StoreException.class)
                .hasMessage(
                        "%s: expected a directory that no other store has open, found its file lock taken by a store of"
                                + " process %d",
                        directory, ProcessHandle.current().pid());
        assertThat(first.putMessage(message("t", 0)).append().queueOffset()).isEqualTo(1);
        assertThat(directory.resolve("abort")).exists();
        first.shutdown();

        // and when it is given back
        DefaultMessageStore second = start(Stores.config(directory));
        assertThat(LogContents.of(second)).hasSize(2);
        second.shutdown();
    }

    @Test
    void shouldGiveTheDirectoryBackWhenItCannotBeOpened() throws IOException {
        // given a file of the wrong length
        DefaultMessageStore store = start(Stores.config(directory));
        for (int i = 0; i < 4; i++) {
            store.putMessage(message("t", 0).body(new byte[40_000]));
        }
        store.shutdown();
        Path second = directory.resolve("commitlog/00000000000000065536");
        Path aside = root.resolve("aside");
        Files.move(second, aside);
        Files.write(second, new byte[100]);

        // when
        assertThatThrownBy(() -> start(Stores.config(directory))).isInstanceOf(StoreException.class)
                .hasMessageContaining("expected a file of 65536 bytes");

        // then
        Files.move(aside, second, StandardCopyOption.REPLACE_EXISTING);
        DefaultMessageStore again = start(Stores.config(directory));
        assertThat(LogContents.of(again)).hasSize(4);
        again.shutdown();
    }

    @Test
    @Timeout(20)
    void shouldGiveTheDirectoryBackThoughACallOfTheSystemStillHasTheMemoryOfAFile() throws Exception {
        // given a reader that gave its lease back while it still writes from that memory into a pipe that nobody empties
        DefaultMessageStore store = start(Stores.config(directory));
        store.putMessage(message("t", 0).body(new byte[40_000]));
        store.putMessage(message("t", 0).body(new byte[40_000]));
        Pipe pipe = Pipe.open();
        Thread reader;
        try (SelectMappedBufferResult lease = store.getCommitLogData(0).orElseThrow()) {
            reader = Thread.ofPlatform().start(() -> writeUntilClosed(pipe, lease.segment()));
            readExactly(pipe, 1); // it is in the middle of it
        }

        // when
        store.shutdown();

        // then
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        assertThat(directory.resolve("abort")).doesNotExist();
        DefaultMessageStore again = start(Stores.config(directory));
        assertThat(LogContents.of(again)).hasSize(2);
        again.shutdown();
        pipe.source().close();
        reader.join();
    }

    private static void writeUntilClosed(Pipe pipe, MemorySegment memory) {
        try (Pipe.SinkChannel sink = pipe.sink()) {
            while (true) {
                sink.write(memory.asByteBuffer());
            }
        } catch (IOException | IllegalStateException e) {
            // the other end is closed, or the memory is gone
        }
    }

    private static void readExactly(Pipe pipe, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        while (target.hasRemaining()) {
            pipe.source().read(target);
        }
    }

    private static DefaultMessageStore start(MessageStoreConfig.Builder config) {
        return Stores.start(config, LiveEnvironment.create());
    }

    /// Every path below a directory with its content and time of last change.
    private static Map<String, String> fingerprint(Path directory) throws IOException {
        Map<String, String> fingerprint = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                String content = Files.isDirectory(path)
                        ? "directory"
                        : Files.size(path) + " bytes, hash " + Arrays.hashCode(Files.readAllBytes(path));
                fingerprint.put(directory.relativize(path).toString(),
                        content + ", changed " + Files.getLastModifiedTime(path));
            }
        }
        return fingerprint;
    }
}
