package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.storescope.engine.env.Disk.DiskLock;
import dev.storescope.engine.testing.DiskContract;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest extends DiskContract {
    @TempDir Path temporary;

    private final FileDisk disk = new FileDisk();

    @Override
    protected Disk newDisk() {
        return disk;
    }

    @Override
    protected Path newDirectory() {
        return temporary.resolve("store").resolve("commitlog");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldChangeNoByteByWritingPagesAheadWhileOthersPutThere() throws Exception {
        // given
        int sizeBytes = 256 * 4096;
        try (DiskFile file = disk.create(temporary.resolve("file"), sizeBytes)) {
            MemorySegment mapped = file.map();
            Thread putter = Thread.ofPlatform().start(() -> {
                for (int at = 0; at < sizeBytes; at++) {
                    mapped.set(ValueLayout.JAVA_BYTE, at, (byte) (at % 251));
                }
            });

            // when
            boolean written;
            int times = 0;
            do {
                written = file.prewrite(0, sizeBytes);
                times++;
            } while (putter.isAlive());
            putter.join();

            // then
            assertThat(written).isTrue();
            for (int at = 0; at < sizeBytes; at++) {
                assertThat(mapped.get(ValueLayout.JAVA_BYTE, at)).as("byte %d after %d times", at, times)
                        .isEqualTo((byte) (at % 251));
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLoseNoByteOfPagesThatAreMadeWhileOthersPutThere() throws Exception {
        // given
        int sizeBytes = 1024 * 4096;
        try (DiskFile file = disk.create(temporary.resolve("file"), sizeBytes)) {
            MemorySegment mapped = file.map();
            assumeTrue(makesPagesAhead(), "Linux does from 5.14 on");
            byte[] expected = new byte[sizeBytes];
            for (int at = 0; at < sizeBytes; at++) {
                expected[at] = (byte) (at % 251);
            }
            Thread putter = Thread.ofPlatform().start(() -> {
                for (int at = 0; at < sizeBytes; at++) {
                    mapped.set(ValueLayout.JAVA_BYTE, at, (byte) (at % 251));
                }
            });

            // when
            do {
                file.populate(0, sizeBytes);
            } while (putter.isAlive());
            putter.join();

            // then
            assertThat(mapped.mismatch(MemorySegment.ofArray(expected))).isEqualTo(-1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMakeThePagesThatAreAskedFor() throws Exception {
        // given
        long sizeBytes = 64L << 20;
        try (DiskFile file = disk.create(temporary.resolve("file"), sizeBytes)) {
            file.map();
            assumeTrue(makesPagesAhead(), "Linux does from 5.14 on");
            assumeTrue(file.nextData(0) == sizeBytes, "the file system tells what was written");

            // when
            file.populate(32L << 20, 1 << 20);

            // then
            assertThat(file.nextData(0)).isBetween(24L << 20, 32L << 20);
            assertThat(file.nextHole(32L << 20)).isBetween(33L << 20, 48L << 20);
        }
    }

    @Test
    void shouldLoseNoByteOfALargeForceWhileOthersPutThere() throws Exception {
        // given
        int sizeBytes = 1024 * 4096;
        Path path = temporary.resolve("file");
        try (DiskFile file = disk.create(path, sizeBytes)) {
            MemorySegment mapped = file.map();
            Thread putter = Thread.ofPlatform().start(() -> {
                for (int at = 0; at < sizeBytes; at++) {
                    mapped.set(ValueLayout.JAVA_BYTE, at, (byte) (at % 251));
                }
            });

            // when
            int times = 0;
            do {
                file.force(0, sizeBytes);
                times++;
            } while (putter.isAlive());
            putter.join();
            file.force(0, sizeBytes);

            // then
            byte[] read = Files.readAllBytes(path);
            for (int at = 0; at < sizeBytes; at++) {
                if (read[at] != (byte) (at % 251) || mapped.get(ValueLayout.JAVA_BYTE, at) != read[at]) {
                    assertThat(read[at]).as("byte %d after %d forces; mapped %d", at, times,
                            mapped.get(ValueLayout.JAVA_BYTE, at)).isEqualTo((byte) (at % 251));
                }
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReserveTheSpaceOfANewFileSoThatAFullDiskShowsThen() throws IOException {
        // given
        long sizeBytes = 8 << 20;
        Path path = temporary.resolve("file");

        // when
        disk.create(path, sizeBytes).close();

        // then
        long reservedBytes = 512L * sectors(path);
        assumeTrue(reservedBytes > 0, "the file system of the temporary directory can reserve");
        assertThat(reservedBytes).isGreaterThanOrEqualTo(sizeBytes);
    }

    @Test
    void shouldNeverCallAPartUnwrittenThatHoldsSomething() throws IOException {
        // given
        Path path = temporary.resolve("file");
        try (DiskFile file = disk.create(path, 8 << 20)) {
            // when one byte came through the mapping and one through the channel, neither forced
            file.map().set(ValueLayout.JAVA_BYTE, 3_000_000, (byte) 1);
            file.write(6_000_000, MemorySegment.ofArray(bytes("x")), 0, 1);

            // then
            for (long position = 0; position <= 3_000_000; position += 1_000) {
                assertThat(file.nextData(position)).isBetween(position, 3_000_000L);
            }
            assertThat(file.nextHole(file.nextData(3_000_000))).isGreaterThan(3_000_000);
            assertThat(file.nextData(5_999_000)).isBetween(5_999_000L, 6_000_000L);
            assertThat(file.nextData(8 << 20)).isEqualTo(8 << 20);
            assertThat(file.nextHole(8 << 20)).isEqualTo(8 << 20);
        }
    }

    @Test
    void shouldKeepWorkingForEveryoneWhenAThreadIsInterruptedInIt() throws IOException {
        // given
        Path path = temporary.resolve("file");
        try (DiskFile file = disk.create(path, 4096)) {
            // when
            Thread.currentThread().interrupt();
            file.write(0, MemorySegment.ofArray(bytes("written")), 0, 7);
            file.force(0, 7);
            byte[] read = new byte[7];
            file.read(0, MemorySegment.ofArray(read), 0, 7);
            disk.writeAll(temporary.resolve("abort"), bytes("4711"));
            byte[] abort = disk.readAll(temporary.resolve("abort"));
            disk.forceDirectory(temporary);
            Optional<DiskLock> lock = disk.tryLock(temporary.resolve("lock"));
            disk.create(temporary.resolve("other"), 4096).close();

            // then
            assertThat(Thread.interrupted()).as("the interruption is kept").isTrue();
            assertThat(read).isEqualTo(bytes("written"));
            assertThat(abort).isEqualTo(bytes("4711"));
            assertThat(lock).isPresent();
            lock.get().close();
            assertThat(file.size()).isEqualTo(4096);
        }
    }

    @Test
    void shouldForceOnAFreshChannelWhenTheInterruptOfAnotherThreadHasClosedIt() throws IOException {
        // given
        Path path = Files.write(temporary.resolve("file"), new byte[] {1, 2, 3});
        var options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel closed = FileChannel.open(path, options);
        try (var channel = new UninterruptedChannel(path, closed, options)) {
            closed.close();
            List<FileChannel> forced = new ArrayList<>();

            // when
            channel.callOnce(open -> {
                open.force(false);
                return forced.add(open);
            });

            // then
            assertThat(forced).singleElement().isNotSameAs(closed);
        }
    }

    @Test
    void shouldRunAnInterruptedOperationAgainOnAFreshChannel() throws IOException {
        // given
        Path path = temporary.resolve("file");
        disk.writeAll(path, bytes("old"));
        var options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        int[] runs = new int[1];
        try (var channel = new UninterruptedChannel(path, FileChannel.open(path, options),
                options)) {
            // when the first attempt is interrupted in its middle
            channel.call(open -> {
                if (runs[0]++ == 0) {
                    Thread.currentThread().interrupt();
                }
                return open.write(ByteBuffer.wrap(bytes("new")), 0);
            });

            // then
            assertThat(Thread.interrupted()).isTrue();
            assertThat(runs[0]).isEqualTo(2);
            assertThat(disk.readAll(path)).isEqualTo(bytes("new"));
            assertThat(channel.<Long>call(FileChannel::size)).isEqualTo(3);
        }
    }

    @Test
    void shouldKeepAnotherProcessOutWhileTheLockIsHeldEvenAfterASecondAttemptOfThisOne() throws Exception {
        // given
        Path path = temporary.resolve("lock");
        DiskLock lock = disk.tryLock(path).orElseThrow();

        // when a second store of this process tries, which must not give up the lock of the first
        assertThat(disk.tryLock(path)).isEmpty();
        assertThat(new FileDisk().tryLock(temporary.resolve(".").resolve("lock"))).isEmpty();

        // then
        assertThat(tryLockInAnotherProcess(path)).isEqualTo("taken");
        lock.close();
        assertThat(tryLockInAnotherProcess(path)).isEqualTo("free");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldFollowSymbolicLinks() throws IOException {
        // given
        Path real = Files.createDirectory(temporary.resolve("real"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);

        // when
        disk.createDirectories(link);
        disk.create(link.resolve("file"), 4096).close();

        // then
        assertThat(disk.list(link)).containsExactly(new Disk.Entry("file", false, 4096));
        assertThat(disk.size(real.resolve("file"))).contains(4096L);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldNameTheFileWhenPermissionIsMissing() throws IOException {
        // given
        Path path = temporary.resolve("file");
        disk.writeAll(path, bytes("content"));
        assertThat(path.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(path), "whoever runs this may write everything");

        // when, then
        assertNames(path, () -> disk.open(path)).hasMessageContaining("permission denied");
        disk.openReadOnly(path).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNameTheFileOfADeviceThatIsReadOnly() {
        // given a directory of a file system to which nobody can write
        Path path = Path.of("/proc/self/storescope");

        // when, then
        assertNames(path, () -> disk.create(path, 4096));
        assertNames(path, () -> disk.writeAll(path, bytes("x")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTellAWriteToAFullDeviceFromOtherErrors() throws IOException {
        // given a device that is always full
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));

        // when, then
        try (DiskFile file = disk.open(full)) {
            assertNames(full, () -> file.write(0, MemorySegment.ofArray(new byte[1]), 0, 1))
                    .isInstanceOf(DiskFullException.class);
        }
    }

    @Test
    void shouldMapAndWriteRangesThatAreNoWholePages() throws IOException {
        // given
        Path path = temporary.resolve("file");
        byte[] content = new byte[10_001];
        Arrays.fill(content, (byte) 7);

        // when
        try (DiskFile file = disk.create(path, content.length)) {
            file.map().copyFrom(MemorySegment.ofArray(content));
            file.force(10_000, 1);
            file.force(1, 9_999);
            assertThat(file.map().get(ValueLayout.JAVA_BYTE, 10_000)).isEqualTo((byte) 7);
        }

        // then
        assertThat(disk.readAll(path)).isEqualTo(content);
    }

    private static long sectors(Path path) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip());
    }

    private static String tryLockInAnotherProcess(Path path) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "--enable-native-access=ALL-UNNAMED",
                LockAttempt.class.getName(), path.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /// Another process that wants the lock.
    static final class LockAttempt {
        private LockAttempt() {
        }

        static void main(String[] arguments) throws IOException {
            Optional<DiskLock> lock = new FileDisk().tryLock(Path.of(arguments[0]));
            System.out.println(lock.isPresent() ? "free" : "taken");
        }
    }

    @Test
    void shouldSayThatPagesCanBeMadeAheadOnceAFileIsMapped() throws Exception {
        // given
        assumeTrue(makesPagesAhead(), "Linux does from 5.14 on");
        try (DiskFile file = disk.create(temporary.resolve("file"), 4096)) {
            boolean before = file.canPopulate();

            // when
            file.map();

            // then
            assertThat(before).isFalse();
            assertThat(file.canPopulate()).isTrue();
        }
    }

    private static boolean makesPagesAhead() {
        if (!OS.LINUX.isCurrentOs()) {
            return false;
        }
        int[] version = Arrays.stream(System.getProperty("os.version").split("\\D+"))
                .mapToInt(Integer::parseInt)
                .toArray();
        return version[0] > 5 || version[0] == 5 && version[1] >= 14;
    }
}
