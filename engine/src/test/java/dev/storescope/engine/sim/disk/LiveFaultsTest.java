package dev.storescope.engine.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.DiskFullException;
import dev.storescope.engine.env.FileDisk;
import dev.storescope.engine.sim.disk.Fault.Where;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFaultsTest {
    private static final int FILE_BYTES = 4_096;

    @TempDir private Path root;
    private LiveFaults faults;
    private Disk disk;

    @BeforeEach
    void make() {
        faults = LiveFaults.on(root);
        disk = faults.environment().disk();
    }

    @Test
    void shouldKnowOfAFileWhatTheDiskKnows() throws IOException {
        // given a file of which one byte was written
        Path path = root.resolve("a");
        try (DiskFile file = disk.create(path, 8 << 20); DiskFile same = new FileDisk().open(path)) {
            file.map().set(ValueLayout.JAVA_BYTE, 3_000_000, (byte) 1);
            // then
            assertThat(file.nextData(0)).isEqualTo(same.nextData(0));
            assertThat(file.nextHole(3_000_000)).isEqualTo(same.nextHole(3_000_000));
        }
    }

    /// What it forgot would silently be what an interface says of disks that can do nothing special.
    @Test
    void shouldHandOnEverythingThatAFileCanDo() {
        assertThat(DiskFile.class.getDeclaredMethods()).isNotEmpty()
                .allSatisfy(method -> assertThatCode(
                        () -> FaultyFile.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                                .doesNotThrowAnyException());
    }

    @Test
    void shouldFailForcesAsOftenAsSaid() throws IOException {
        try (DiskFile file = disk.create(root.resolve("a"), FILE_BYTES)) {
            // given
            faults.turnOn(new Fault.FailingForce(Where.ANY_FILE, 1, 1));
            // when
            file.force(0, FILE_BYTES);
            // then
            assertThatThrownBy(() -> file.force(0, FILE_BYTES)).isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot force " + root.resolve("a"));
            assertThatCode(() -> file.force(0, FILE_BYTES)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldFailForcesOfTheFilesThatAreMeantUntilTurnedOff() throws IOException {
        disk.createDirectories(root.resolve("commitlog"));
        var fault = new Fault.FailingForce(Where.COMMIT_LOG, 0, Fault.FOR_EVER);
        try (DiskFile log = disk.create(root.resolve("commitlog/0"), FILE_BYTES);
                DiskFile other = disk.create(root.resolve("other"), FILE_BYTES)) {
            faults.turnOn(fault);
            other.force(0, FILE_BYTES);
            assertThatThrownBy(() -> log.force(0, FILE_BYTES)).isInstanceOf(IOException.class);

            faults.turnOff(fault);

            assertThatCode(() -> log.force(0, FILE_BYTES)).doesNotThrowAnyException();
            assertThat(faults.all()).isEmpty();
        }
    }

    @Test
    void shouldLetAForceTakeLongerThanTheDiskDoes() throws IOException {
        long extraNs = 30_000_000;
        faults.turnOn(new Fault.SlowForce(extraNs));
        try (DiskFile file = disk.create(root.resolve("a"), FILE_BYTES)) {
            long began = faults.environment().nanoTime();

            file.force(0, FILE_BYTES);

            assertThat(faults.environment().nanoTime() - began).isGreaterThanOrEqualTo(extraNs);
        }
    }

    @Test
    void shouldBeFullAtTheLimit() throws IOException {
        // given
        disk.create(root.resolve("a"), FILE_BYTES).close();
        var full = new Fault.DiskFull(2 * FILE_BYTES);
        // when
        faults.turnOn(full);
        // then
        assertThat(disk.space(root)).isEqualTo(new Disk.Space(2 * FILE_BYTES, FILE_BYTES, FILE_BYTES));
        disk.create(root.resolve("b"), FILE_BYTES).close();
        assertThatThrownBy(() -> disk.create(root.resolve("c"), 1)).isInstanceOf(DiskFullException.class)
                .hasMessageContaining(root.resolve("c").toString())
                .hasMessageContaining("0 bytes usable");
        assertThat(disk.exists(root.resolve("c"))).isFalse();
        assertThat(disk.space(root).usedRatio()).isEqualTo(1);
        // when
        faults.turnOff(full);
        // then
        disk.create(root.resolve("c"), 1).close();
        assertThat(disk.space(root).totalBytes()).isGreaterThan(2 * FILE_BYTES);
    }

    @Test
    void shouldHoldAndReleaseAService() {
        var held = new Fault.HeldService("ReputMessageService");

        faults.turnOn(held);
        assertThat(faults.environment().stepGate().held()).containsExactly("ReputMessageService");
        assertThat(faults.all()).containsExactly(held);

        faults.turnOff(held);
        assertThat(faults.environment().stepGate().held()).isEmpty();
    }

    @Test
    void shouldRefuseWhatCannotBeDoneToARealDisk() {
        assertThatThrownBy(() -> faults.turnOn(new Fault.ClockJump(5))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ClockJump");
        assertThat(faults.all()).isEmpty();
    }
}
