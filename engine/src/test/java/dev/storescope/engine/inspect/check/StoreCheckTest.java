package dev.storescope.engine.inspect.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import dev.storescope.engine.inspect.check.CheckFault.Part;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StoreCheckTest {
    /// Those whose files hold something in the wrong place or not at all.
    private static final Set<String> DAMAGED = Set.of("p08-torn-tail-aborted", "p09-no-consumequeue");

    @TempDir private Path folder;

    private static List<String> names() {
        return GoldenStore.names();
    }

    /// Stores of several log files, so that each fault can be planted.
    private static Stream<Arguments> plantings() {
        return Stream.of("p03-async-clean", "p07-delay")
                .flatMap(name -> EnumSet.allOf(Planting.class).stream().map(fault -> Arguments.of(name, fault)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldFindTheStoresSoundThatTheRealStoreLeftSound(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.isSound()).as("%s", report.faults()).isEqualTo(!DAMAGED.contains(name));
        long records = golden.written().size();
        assertThat(report.log().records()).isEqualTo(records);
        assertThat(report.log().endOffset()).isEqualTo(golden.recoveredEndOffset());
        assertThat(report.queueEntries()).isEqualTo(name.startsWith("p09") ? 0 : records);
        long indexEntries = golden.dump("index").stream().mapToLong(file -> file.get("count").asLong() - 1).sum();
        // The torn record has three keys.
        assertThat(report.indexEntries()).isEqualTo(name.startsWith("p08") ? indexEntries - 3 : indexEntries);
    }

    @ParameterizedTest
    @MethodSource("plantings")
    void shouldFindEachFaultThatWasPlanted(String name, Planting planting) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        String file = planting.plant(golden);
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.isSound()).isFalse();
        assertThat(report.faults()).extracting(CheckFault::file)
                .as("%s", report.faults())
                .anyMatch(
                        found -> found.startsWith(file));
        assertThat(new TreeSet<>(report.faults().stream().map(CheckFault::kind).toList())).as("%s", report.faults())
                .containsExactlyInAnyOrderElementsOf(planting.kinds());
        assertThat(report.faults()).allSatisfy(fault -> assertThat(fault.text()).startsWith(
                "%s at %d: expected ".formatted(fault.file(), fault.position())));
    }

    @ParameterizedTest
    @EnumSource(Planting.class)
    void shouldFindTheSameFaultsWithoutKnowingTheGeometryOfTheIndex(Planting planting) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack("p03-async-clean", folder);
        String file = planting.plant(golden);
        // when
        CheckReport report = check(MessageStoreConfig.builder(golden.store()).build());
        // then
        boolean firstFileUnreadable = Set.of(Planting.INDEX_COUNT_TOO_LARGE, Planting.INDEX_END_OFFSET_WRONG,
                Planting.FLIPPED_MAGIC_OF_THE_FIRST).contains(planting);
        if (firstFileUnreadable) {
            assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("geometry is unknown"));
        } else {
            assertThat(report.notes()).anySatisfy(
                    note -> assertThat(note).contains("its content says 100 slots and 400 entries"));
        }
        boolean onlyTheIndexHasIt = planting.kinds().stream().allMatch(kind -> kind.part() == Part.INDEX);
        if (!firstFileUnreadable || !onlyTheIndexHasIt) {
            assertThat(report.faults()).extracting(CheckFault::file).anyMatch(found -> found.startsWith(file));
        }
    }

    @Test
    void shouldFindAFileThatIsMissingInTheMiddleOfTheLog() throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack("p03-async-clean", folder);
        Files.delete(golden.store().resolve("commitlog/00000000000000065536"));
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.LOG_FILE_MISSING);
            assertThat(fault.file()).isEqualTo("commitlog/00000000000000131072");
            assertThat(fault.expected()).contains("offset 65536");
            assertThat(fault.found()).contains("65536 bytes of the log are missing");
        });
        assertThat(report.log().endOffset()).isEqualTo(golden.recoveredEndOffset());
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("queue entries point into parts"));
    }

    @Test
    void shouldMissTheFirstFileOfTheLogWhenTheIndexStillHasItsKeys() throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack("p03-async-clean", folder);
        Files.delete(golden.store().resolve("commitlog").resolve(Planting.FIRST));
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.LOG_FILE_MISSING);
            assertThat(fault.file()).isEqualTo("commitlog");
            assertThat(fault.found()).contains("begins at 65536");
        });
    }

    @Test
    void shouldTakeTheFirstFilesThatAreGoneForExpired() throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack("p03-async-clean", folder);
        Files.delete(golden.store().resolve("commitlog").resolve(Planting.FIRST));
        Files.delete(golden.store().resolve("index/20261121074708317"));
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.isSound()).as("%s", report.faults()).isTrue();
        assertThat(report.notes()).anySatisfy(
                note -> assertThat(note).contains("before the begin of the log: their records have expired"));
    }

    @Test
    void shouldCountWhatAKilledStoreHasNotDispatchedAsLateAndNotAsAFault() throws IOException {
        // given a store that died before the last records came to queues and index
        GoldenStore golden = GoldenStore.unpack("p04-sync-aborted", folder);
        List<String> queues = golden.dump("cqfile")
                .stream()
                .map(line -> "consumequeue/%s/%s/%s".formatted(
                        line.get("topic").asText(), line.get("queueId").asText(), line.get("file").asText()))
                .toList();
        long from = golden.written().get(180).get("physicalOffset").asLong();
        for (String queue : queues) {
            cutEntriesFrom(golden.store().resolve(queue), from);
        }
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.isSound()).as("%s", report.faults()).isTrue();
        assertThat(report.notes()).anySatisfy(
                note -> assertThat(note).startsWith("20 records at the end of the log have no queue entry yet"));
        // and when it was closed
        Files.delete(golden.store().resolve("abort"));
        assertThat(check(golden).faultPlaces()).isEqualTo(20);
    }

    @Test
    void shouldTellNeighboursWithOneFaultAsOne() throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack("p09-no-consumequeue", folder);
        // when
        CheckReport report = check(golden);
        // then
        assertThat(report.indexEntries()).isEqualTo(705);
        assertThat(report.faults()).hasSize(12);
        assertThat(report.faultPlaces()).isEqualTo(200);
        assertThat(report.faults().getFirst().text()).startsWith(
                "consumequeue/topic-1/1 at 0: expected entry 0: offset 0, size 520, tags code ")
                .endsWith("found no file (15 places, this is the first)");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldChangeNothing(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, String> before = DirectoryContents.of(golden.store());
        // when
        check(golden);
        // then
        assertThat(DirectoryContents.of(golden.store())).isEqualTo(before);
    }

    @Test
    void shouldRefuseADirectoryThatHoldsNoStore() {
        assertThatThrownBy(() -> check(MessageStoreConfig.builder(folder).build())).isInstanceOf(StoreException.class)
                .hasMessageContaining("expected the directory of a store");
    }

    private static CheckReport check(GoldenStore golden) {
        return check(MessageStoreConfig.builder(golden.store())
                .set(StoreSetting.MAX_HASH_SLOT_NUM, (long) Planting.INDEX_SLOTS)
                .set(StoreSetting.MAX_INDEX_NUM, (long) Planting.INDEX_ENTRIES)
                .build());
    }

    private static CheckReport check(MessageStoreConfig config) {
        return new StoreCheck(LiveEnvironment.withoutProbe(), config).run(CheckProgress.NONE);
    }

    private static void cutEntriesFrom(Path queue, long commitLogOffset) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(queue));
        for (int at = 0; at < bytes.capacity(); at += 20) {
            if (bytes.getLong(at) >= commitLogOffset) {
                bytes.put(at, new byte[20]);
            }
        }
        Files.write(queue, bytes.array());
    }
}
