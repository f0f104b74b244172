package dev.storescope.engine.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.sim.disk.CutPages.Fate;
import dev.storescope.engine.sim.disk.Fault.Where;
import dev.storescope.engine.sim.world.EventLog;
import dev.storescope.engine.sim.world.SimulatedEnvironment;
import dev.storescope.engine.sim.world.WorldStart;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a crash leaves of a simulated disk, rule by rule; where chance has a say, over many seeds.
class CrashedDiskTest {
    private static final int SEEDS = 60;
    private static final Path DIRECTORY = Path.of("/disk/store");
    private static final Path FILE = DIRECTORY.resolve("file");
    private static final int PAGE = 4096;
    private static final int PAGES = 8;

    private final Faults faults = new Faults();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepEveryPageThatWasForced(long seed) throws IOException {
        // given
        SimulatedEnvironment world = newWorld(seed);
        DiskFile file = newFile(world);
        fill(file, 0, PAGES, 1);
        file.force(0, PAGES * PAGE);
        fill(file, 3, 4, 2);
        // when
        byte[] left = contentAfter(world, SimulatedEnvironment::cutPower);
        // then
        for (int page = 0; page < PAGES; page++) {
            if (page != 3) {
                assertThat(bytesOf(left, page)).as("seed %d, page %d", seed, page).containsExactly(1);
            }
        }
        assertThat(bytesOf(left, 3)).as("seed %d", seed).isSubsetOf(1, 2);
    }

    @Test
    void shouldLeaveSomeOfTheDirtyPagesAndTearOneAtASector() throws IOException {
        // given
        Set<Integer> survivors = new TreeSet<>();
        int torn = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulatedEnvironment world = newWorld(seed);
            DiskFile file = newFile(world);
            fill(file, 0, PAGES, 1);
            // when
            byte[] left = contentAfter(world, SimulatedEnvironment::cutPower);
            // then
            int survived = 0;
            int tornNow = 0;
            for (int page = 0; page < PAGES; page++) {
                survived += bytesOf(left, page).equals(Set.of(1)) ? 1 : 0;
                tornNow += bytesOf(left, page).size() > 1 ? 1 : 0;
                assertSectorsWhole(left, page, seed);
            }
            assertThat(tornNow).as("torn pages, seed %d", seed).isLessThanOrEqualTo(1);
            torn += tornNow;
            survivors.add(survived);
        }
        assertThat(survivors).contains(0, PAGES).hasSizeGreaterThan(4);
        assertThat(torn).isBetween(SEEDS / 4, SEEDS * 3 / 4);
    }

    @Test
    void shouldTellOfEachPageWhatThePowerCutMadeOfIt() throws IOException {
        // given
        Set<Fate> seen = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulatedEnvironment world = newWorld(seed);
            DiskFile file = newFile(world);
            fill(file, 0, 2, 1);
            file.force(0, 2 * PAGE);
            fill(file, 2, PAGES, 2);
            // when
            byte[] left = contentAfter(world, SimulatedEnvironment::cutPower);
            // then
            Map<Integer, Fate> fates = world.disk().cutPages().orElseThrow().of(FILE);
            assertThat(fates).as("seed %d", seed).containsOnlyKeys(2, 3, 4, 5, 6, 7);
            fates.forEach((page, fate) -> assertThat(bytesOf(left, page))
                    .as("page %d, %s", page, fate)
                    .isEqualTo(switch (fate) {
                        case KEPT -> Set.of(2);
                        case TAKEN -> Set.of(0);
                        case PARTLY -> Set.of(0, 2);
                    }));
            seen.addAll(fates.values());
        }
        assertThat(seen).containsExactly(Fate.values());
    }

    @Test
    void shouldTellThatAllOfAFileWasTakenWhoseNameWasNotLeft() throws IOException {
        Set<Boolean> seen = new HashSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            SimulatedEnvironment world = newWorld(seed);
            world.disk().createDirectories(DIRECTORY);
            DiskFile file = world.disk().create(FILE, PAGES * PAGE);
            fill(file, 0, 2, 1);
            file.force(0, 2 * PAGE);
            // when
            boolean isLeft = goOn(world.cutPower()).disk().exists(FILE);
            // then
            assertThat(world.disk().cutPages().orElseThrow().count(DIRECTORY, Fate.TAKEN)).as("seed %d", seed)
                    .isEqualTo(isLeft ? 0 : 2);
            seen.add(isLeft);
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void shouldKeepThePageCacheWhenTheProcessIsKilledAndKnowWhatIsDirtyInIt() throws IOException {
        // given
        SimulatedEnvironment world = newWorld(1);
        DiskFile file = newFile(world);
        fill(file, 0, PAGES, 1);
        // when
        WorldStart killed = world.killJvm();
        // then
        SimulatedEnvironment next = goOn(killed);
        assertThat(next.disk().readAll(FILE)).containsOnly(1);
        assertThat(next.disk().dirtyBytes(FILE)).isEqualTo(PAGES * PAGE);
        SimulatedEnvironment other = goOn(killed);
        other.disk().open(FILE).force(0, PAGES * PAGE);
        assertThat(other.disk().dirtyBytes(FILE)).isZero();
        assertThat(contentAfter(other, SimulatedEnvironment::cutPower)).containsOnly(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNotKeepWhatAFailedForceTookForClean(long seed) throws IOException {
        // given
        SimulatedEnvironment world = newWorld(seed);
        DiskFile file = newFile(world);
        fill(file, 0, 2, 1);
        file.force(0, 2 * PAGE);
        fill(file, 0, 2, 2);
        world.turnOn(new Fault.FailingForce(Where.ANY_FILE, 0, 1));
        assertThatThrownBy(() -> file.force(0, 2 * PAGE)).isInstanceOf(IOException.class)
                .hasMessageContaining(FILE.toString());
        assertThat(world.disk().dirtyBytes(FILE)).as("seed %d", seed).isZero();
        // when
        file.force(0, 2 * PAGE);
        fill(file, 1, 2, 3);
        file.force(0, 2 * PAGE);
        byte[] left = contentAfter(world, SimulatedEnvironment::cutPower);
        // then
        assertThat(bytesOf(left, 0)).as("seed %d: given up", seed).containsExactly(1);
        assertThat(bytesOf(left, 1)).as("seed %d: written again, so dirty again", seed).containsExactly(3);
    }

    @Test
    void shouldLeaveAPartOfAForceThatWasUnderWay() throws IOException {
        // given
        Set<Integer> written = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulatedEnvironment world = newWorld(seed);
            DiskFile file = newFile(world);
            fill(file, 0, PAGES, 1);
            world.start("flusher", () -> force(file));
            long later = world.nanoTime() + DiskModel.NVME.forceNs() / 2;
            world.run(Long.MAX_VALUE, later);
            world.advanceTo(later);
            // when
            byte[] left = contentAfter(world, SimulatedEnvironment::cutPower);
            // then
            int count = 0;
            for (int page = 0; page < PAGES; page++) {
                count += bytesOf(left, page).contains(1) ? 1 : 0;
            }
            written.add(count);
        }
        assertThat(written).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepEntriesOfAForcedDirectoryAndSomeOfTheOthers(long seed) throws IOException {
        // given
        SimulatedEnvironment world = newWorld(seed);
        SimulatedDisk disk = world.disk();
        disk.create(DIRECTORY.resolve("forced"), PAGE).close();
        disk.create(DIRECTORY.resolve("deleted"), PAGE).close();
        disk.create(DIRECTORY.resolve("from"), PAGE).close();
        disk.forceDirectory(DIRECTORY);
        disk.create(DIRECTORY.resolve("unforced"), PAGE).close();
        disk.delete(DIRECTORY.resolve("deleted"));
        disk.rename(DIRECTORY.resolve("from"), DIRECTORY.resolve("to"));
        // when
        SimulatedDisk left = goOn(world.cutPower()).disk();
        // then
        assertThat(left.size(DIRECTORY.resolve("forced"))).as("seed %d", seed).contains((long) PAGE);
        assertThat(left.exists(DIRECTORY.resolve("from"))).as("a rename is one change, seed %d", seed)
                .isNotEqualTo(left.exists(DIRECTORY.resolve("to")));
    }

    @Test
    void shouldSometimesLoseAndSometimesKeepWhatNoDirectoryForceCovered() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            SimulatedEnvironment world = newWorld(seed);
            world.disk().create(DIRECTORY.resolve("deleted"), PAGE).close();
            world.disk().forceDirectory(DIRECTORY);
            world.disk().create(DIRECTORY.resolve("made"), PAGE).close();
            world.disk().delete(DIRECTORY.resolve("deleted"));
            // when
            SimulatedDisk left = goOn(world.cutPower()).disk();
            // then
            seen.add(left.list(DIRECTORY).stream().map(it -> it.name()).sorted().toList().toString());
        }
        assertThat(seen).containsExactlyInAnyOrder("[]", "[deleted]", "[made]", "[deleted, made]");
    }

    @Test
    void shouldNotKnowHowLongAnUnforcedSmallFileIs() throws IOException {
        Set<Long> lengths = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            SimulatedEnvironment world = newWorld(seed);
            world.disk().writeAll(FILE, new byte[] {1, 2, 3});
            world.disk().forceDirectory(DIRECTORY);
            // when
            lengths.add(goOn(world.cutPower()).disk().size(FILE).orElseThrow());
        }
        // then
        assertThat(lengths).containsExactlyInAnyOrder(0L, 3L);
    }

    private SimulatedEnvironment newWorld(long seed) throws IOException {
        SimulatedEnvironment world = new SimulatedEnvironment(DiskModel.NVME, WorldStart.of(seed),
                new EventLog(EventLog.Keeping.ALL), faults);
        world.disk().createDirectories(DIRECTORY);
        return world;
    }

    private static SimulatedEnvironment goOn(WorldStart start) {
        return new SimulatedEnvironment(DiskModel.NVME, start, new EventLog(EventLog.Keeping.ALL), new Faults());
    }

    private static DiskFile newFile(SimulatedEnvironment world) throws IOException {
        DiskFile file = world.disk().create(FILE, PAGES * PAGE);
        world.disk().forceDirectory(DIRECTORY);
        return file;
    }

    private static void fill(DiskFile file, int fromPage, int toPage, int value) throws IOException {
        file.map().asSlice((long) fromPage * PAGE, (long) (toPage - fromPage) * PAGE).fill((byte) value);
    }

    private static void force(DiskFile file) {
        try {
            file.force(0, PAGES * PAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] contentAfter(SimulatedEnvironment world, Function<SimulatedEnvironment, WorldStart> crash)
            throws IOException {
        return goOn(crash.apply(world)).disk().readAll(FILE);
    }

    private static Set<Integer> bytesOf(byte[] content, int page) {
        Set<Integer> bytes = new TreeSet<>();
        for (int i = page * PAGE; i < (page + 1) * PAGE; i++) {
            bytes.add((int) content[i]);
        }
        return bytes;
    }

    private static void assertSectorsWhole(byte[] content, int page, long seed) {
        MemorySegment segment = MemorySegment.ofArray(content);
        for (int sector = 0; sector < PAGE; sector += 512) {
            byte first = segment.get(ValueLayout.JAVA_BYTE, (long) page * PAGE + sector);
            for (int i = 0; i < 512; i++) {
                if (content[page * PAGE + sector + i] != first) {
                    throw new AssertionError("seed %d: page %d is torn within a sector".formatted(seed, page));
                }
            }
        }
    }
}
