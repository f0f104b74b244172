package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.LiveEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Directories on real disks that cannot be opened, and what is said then.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links and permissions are POSIX")
class BadDirectoryTest {
    private static final long FILE_BYTES = 8_192;

    @TempDir private Path folder;
    private Path root;
    private Path commitLog;

    @BeforeEach
    void nameTheDirectory() {
        root = folder.resolve("store");
        commitLog = root.resolve("commitlog");
    }

    @Test
    void shouldRefuseAFileInPlaceOfTheDirectory() throws IOException {
        Files.writeString(root, "a file");
        assertRefused(root.toString(), "not a directory");
        assertThat(root).hasContent("a file");
    }

    @Test
    void shouldRefuseAFileInPlaceOfTheLogsDirectory() throws IOException {
        Files.createDirectories(root);
        Files.writeString(commitLog, "a file");
        assertRefused(commitLog.toString(), "not a directory");
        assertThat(commitLog).hasContent("a file");
    }

    @Test
    void shouldRefuseADirectoryOfOtherThings() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("letter.txt"), "dear");
        assertRefused("expected a store or an empty directory", "letter.txt", "nothing was changed");
        assertThat(root).isDirectoryNotContaining(path -> !path.endsWith("letter.txt"));
    }

    @Test
    void shouldRefuseALogDirectoryOfOtherThings() throws IOException {
        Files.createDirectories(commitLog);
        Files.writeString(commitLog.resolve("notes.txt"), "mine");
        assertRefused(root.toString(), "expected log files", "found", "notes.txt", "nothing was changed");
        assertThat(root).isDirectoryNotContaining(path -> !path.endsWith("commitlog"));
        assertThat(commitLog).isDirectoryNotContaining(path -> !path.endsWith("notes.txt"));
    }

    @Test
    void shouldRefuseAnEmptyLogDirectoryAmongOtherThings() throws IOException {
        Files.createDirectories(commitLog);
        Files.writeString(root.resolve("letter.txt"), "dear");
        assertRefused(root.toString(), "expected log files", "nothing was changed");
        assertThat(commitLog).isEmptyDirectory();
    }

    @Test
    void shouldTakeAnEmptyLogDirectoryThatAStoreMadeBeforeItDied() throws IOException {
        // given
        Files.createDirectories(commitLog);
        // when
        makeStore();
        // then
        assertThat(root.resolve("checkpoint")).exists();
    }

    @Test
    void shouldRefuseLinksThatLeadNowhere() throws IOException {
        Files.createSymbolicLink(root, folder.resolve("loop"));
        Files.createSymbolicLink(folder.resolve("loop"), root);
        assertRefused(root.toString());
    }

    @Test
    void shouldRefuseALogDirectoryThatIsALoopOfLinks() throws IOException {
        Files.createDirectories(root);
        Files.createSymbolicLink(commitLog, commitLog);
        assertRefused("commitlog");
    }

    @Test
    void shouldRefuseALogFileThatIsALoopOfLinks() throws IOException {
        Files.createDirectories(commitLog);
        Path file = commitLog.resolve("%020d".formatted(0));
        Files.createSymbolicLink(file, file);
        assertRefused(commitLog.toString());
    }

    @Test
    void shouldRefuseACheckpointOrLockThatIsADirectory() throws IOException {
        for (String small : new String[] {"checkpoint", "lock"}) {
            root = folder.resolve("store-" + small);
            Files.createDirectories(root.resolve(small));
            assertRefused(root.resolve(small).toString());
        }
    }

    @Test
    void shouldRefuseAnAbortFileThatIsADirectoryWhenItStarts() throws IOException {
        // given
        Files.createDirectories(root.resolve("abort").resolve("inside"));
        DefaultMessageStore store = store();
        store.load();
        // when, then
        assertThatThrownBy(store::start).isInstanceOf(StoreException.class)
                .hasMessageContaining(root.resolve("abort").toString());
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
    }

    @Test
    void shouldRefuseFilesOfAnotherLength() throws IOException {
        Files.createDirectories(commitLog);
        Path file = commitLog.resolve("%020d".formatted(0));
        Files.write(file, new byte[4_096]);
        assertRefused(file.toString(), "expected a file of 8192 bytes (mappedFileSizeCommitLog), found 4096",
                "nothing was changed");
        assertThat(root).isDirectoryNotContaining(path -> !path.endsWith("commitlog"));
    }

    @Test
    void shouldRefuseAFileThatBeginsBetweenTwoOffsets() throws IOException {
        Files.createDirectories(commitLog);
        Path file = commitLog.resolve("%020d".formatted(100));
        Files.write(file, new byte[(int) FILE_BYTES]);
        assertRefused(file.toString(), "multiple of the file size 8192, found 100");
    }

    @Test
    void shouldRefuseAnOffsetThatIsNoNumber() throws IOException {
        Files.createDirectories(commitLog);
        Path file = commitLog.resolve("9".repeat(20));
        Files.write(file, new byte[(int) FILE_BYTES]);
        assertRefused(file.toString(), "expected a name that is an offset");
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("file"), "a file");
        root = folder.resolve("file").resolve("store");
        assertRefused(folder.resolve("file").toString());
    }

    @Test
    void shouldRefuseADirectoryWithoutPermissionToRead() throws IOException {
        assumeFalse(isRoot(), "root may read everything");
        makeStore();
        assertRefusedWith("--x--x--x", root, "permission denied");
    }

    @Test
    void shouldRefuseADirectoryWithoutPermissionToWrite() throws IOException {
        assumeFalse(isRoot(), "root may write everything");
        Files.createDirectories(root);
        assertRefusedWith("r-xr-xr-x", root, "permission denied");
    }

    @Test
    void shouldRefuseALogFileWithoutPermissionToRead() throws IOException {
        assumeFalse(isRoot(), "root may read everything");
        makeStore();
        assertRefusedWith("---------", commitLog.resolve("%020d".formatted(0)), "permission denied");
    }

    private void makeStore() {
        DefaultMessageStore store = store();
        store.load();
        store.start();
        store.putMessage(new MessageExtBrokerInner().topic("t").body(new byte[10]));
        store.shutdown();
    }

    private void assertRefusedWith(String permissions, Path path, String reason) throws IOException {
        var before = Files.getPosixFilePermissions(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        try {
            assertRefused(path.toString(), reason);
        } finally {
            Files.setPosixFilePermissions(path, before);
        }
    }

    /// And it can be asked again, as nothing is left of the first attempt.
    private void assertRefused(String... parts) {
        for (int i = 0; i < 2; i++) {
            DefaultMessageStore store = store();
            assertThatThrownBy(store::load).isInstanceOf(StoreException.class).hasMessageContainingAll(parts);
            assertThat(store.state()).isEqualTo(StoreState.CLOSED);
            store.shutdown();
        }
    }

    private DefaultMessageStore store() {
        return new DefaultMessageStore(MessageStoreConfig.builder(root)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES)
                .build(), LiveEnvironment.withoutProbe());
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
