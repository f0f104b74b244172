package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queues and index, deleted from a store that is closed.
@Timeout(60)
class DerivedFilesTest {
    private static final int MESSAGES = 120;

    private final LiveEnvironment environment = LiveEnvironment.withoutProbe();
    @TempDir private Path folder;
    private MessageStoreConfig config;

    @BeforeEach
    void setUp() {
        config = Stores.config(folder).build();
        DefaultMessageStore store = Stores.start(Stores.config(folder), environment);
        for (int i = 0; i < MESSAGES; i++) {
            store.putMessage(message("topic", i % 2).propertiesString("KEYS\u0001key-" + i + "\u0002"));
        }
        store.shutdown();
    }

    @Test
    void shouldDeleteQueuesAndIndexAndNothingElse() throws IOException {
        // given things that a store does not make, in each of the directories
        for (String stranger : new String[] {"consumequeue/notes.txt", "consumequeue/topic/notes.txt",
            "consumequeue/topic/0/notes.txt", "index/notes.txt", "commitlog/notes.txt"}) {
            Files.writeString(folder.resolve(stranger), "mine");
        }
        Map<String, String> before = DirectoryContents.of(folder);
        long derived = before.keySet().stream().filter(DerivedFilesTest::isDerived).count();
        // when
        int deleted = DerivedFiles.delete(environment, config);
        // then
        Map<String, String> after = DirectoryContents.of(folder);
        assertThat(derived).isGreaterThan(4);
        assertThat(deleted).isEqualTo((int) derived);
        assertThat(after.keySet()).noneMatch(DerivedFilesTest::isDerived);
        before.keySet().removeIf(path -> isDerived(path) || path.equals("consumequeue/topic/1"));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((path, contents) -> {
            if (!path.equals("lock") && !contents.equals("directory")) {
                assertThat(after.get(path)).as(path).isEqualTo(contents);
            }
        });
    }

    private static boolean isDerived(String path) {
        return path.matches("consumequeue/.*/\\d{20}|index/\\d{17}");
    }

    @Test
    void shouldLeaveAStoreThatMakesThemAgainWhenItIsOpened() {
        // given
        DerivedFiles.delete(environment, config);
        // when
        DefaultMessageStore store = new DefaultMessageStore(config, environment);
        store.load();
        // then
        assertThat(store.getMaxOffsetInQueue("topic", 0)).isEqualTo(MESSAGES / 2);
        assertThat(store.getMaxOffsetInQueue("topic", 1)).isEqualTo(MESSAGES / 2);
        assertThat(store.queryMessage("topic", "key-7", 10, 0, Long.MAX_VALUE).messages()).hasSize(1);
        store.shutdown();
        assertThat(new StoreCheck(environment, config).run(CheckProgress.NONE).faults()).isEmpty();
    }

    @Test
    void shouldDeleteNothingOfAStoreThatIsOpen() throws IOException {
        // given
        DefaultMessageStore store = Stores.start(Stores.config(folder), environment);
        // when, then
        assertThatThrownBy(() -> DerivedFiles.delete(environment, config)).isInstanceOf(StoreException.class)
                .hasMessageContaining("in use")
                .hasMessageContaining("nothing was deleted");
        store.shutdown();
        assertThat(DirectoryContents.of(folder).keySet()).anyMatch(DerivedFilesTest::isDerived);
    }

    @Test
    void shouldFindNothingToDeleteTheSecondTime() {
        // given
        DerivedFiles.delete(environment, config);
        // when, then
        assertThat(DerivedFiles.delete(environment, config)).isZero();
    }
}
