package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.storescope.engine.env.StoreMemory.MemoryLock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LiveMemoryTest {
    private static final int PAGE_BYTES = 4096;

    private final StoreMemory memory = LiveEnvironment.withoutProbe().memory();

    @Test
    void shouldGiveZeroedMemoryThatBeginsAtAPage() {
        // when
        try (StoreMemory.Block block = memory.allocate(3 * PAGE_BYTES + 1)) {
            MemorySegment segment = block.segment();

            // then
            assertThat(segment.byteSize()).isEqualTo(3 * PAGE_BYTES + 1);
            assertThat(segment.address() % PAGE_BYTES).isZero();
            assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        }
    }

    @Test
    void shouldTakeMemoryBackWhenItIsClosed() {
        // given
        StoreMemory.Block block = memory.allocate(PAGE_BYTES);

        // when
        block.close();

        // then
        assertThat(block.segment().scope().isAlive()).isFalse();
        assertThatThrownBy(() -> block.segment().get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLockAndUnlockAFewPages() throws Exception {
        // given
        assumeTrue(lockLimitBytes() >= 8 * PAGE_BYTES, "bytes that a process may lock here");
        try (StoreMemory.Block block = memory.allocate(4 * PAGE_BYTES)) {
            MemorySegment segment = block.segment();
            long lockedBefore = lockedKiB();

            // when
            MemoryLock lock = memory.lock(segment);

            // then
            assertThat(lock).isEqualTo(MemoryLock.LOCKED);
            assertThat(lockedKiB() - lockedBefore).isEqualTo(16);
            memory.adviseWillNeed(segment.asSlice(10));
            memory.unlock(segment);
            assertThat(lockedKiB()).isEqualTo(lockedBefore);
            memory.unlock(segment);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhyMemoryCannotBeLocked() {
        // given memory that is not mapped, as even who has every privilege cannot lock that
        MemorySegment nowhere = MemorySegment.ofAddress(PAGE_BYTES).reinterpret(PAGE_BYTES);

        // when
        MemoryLock lock = memory.lock(nowhere);

        // then
        assertThat(lock.locked()).isFalse();
        assertThat(lock.reason()).startsWith("mlock: ").contains("RLIMIT_MEMLOCK");
    }

    @Test
    void shouldSayThatMemoryOnTheHeapCannotBeLocked() {
        // given
        MemorySegment onHeap = MemorySegment.ofArray(new byte[PAGE_BYTES]);

        // when
        MemoryLock lock = memory.lock(onHeap);

        // then
        assertThat(lock.locked()).isFalse();
        assertThat(lock.reason()).contains("heap");
        memory.unlock(onHeap);
        memory.adviseWillNeed(onHeap);
    }

    private static long lockLimitBytes() throws Exception {
        String limit = Files.readAllLines(Path.of("/proc/self/limits"))
                .stream()
                .filter(line -> line.startsWith("Max locked memory"))
                .map(line -> line.split("\\s{2,}")[1])
                .findFirst()
                .orElseThrow();
        return limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit);
    }

    private static long lockedKiB() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status"))
                .stream()
                .filter(line -> line.startsWith("VmLck:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
