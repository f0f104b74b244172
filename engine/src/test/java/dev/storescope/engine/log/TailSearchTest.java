package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.WrittenPart;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.testing.ManualMemory;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The search that skips whole pages of zeros, held to one that looks at every byte.
class TailSearchTest {
    private static final int PAGE_BYTES = 4_096;
    private static final int FILE_BYTES = 8 * PAGE_BYTES;
    private static final long FROM_OFFSET = 3L * FILE_BYTES;
    private static final int STORE_TIMESTAMP_AT = MessageLayout.BORN_HOST + MessageLayout.IPV4_HOST_BYTES;
    private static final LongPredicate ANY = storeTimestamp -> true;
    /// Records by the length of their bodies, each at the start of its array.
    private static final Map<Integer, byte[]> RECORDS = new HashMap<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindWhatASearchByteByByteFinds(long seed) {
        // given
        Random random = new Random(seed);
        byte[] bytes = randomFile(random);
        long latest = random.nextInt(100);
        LongPredicate wanted = storeTimestamp -> storeTimestamp <= latest;
        MappedFile file = mapped(bytes);
        for (int i = 0; i < 20; i++) {
            long from = random.nextInt(FILE_BYTES + 1);
            // when
            OptionalLong found = new TailSearch(CrcCheck.CHECK, wanted).lookFrom(file, from);
            // then
            assertThat(found).as("seed %d, from %d, stored by %d", seed, from, latest)
                    .isEqualTo(byteByByte(bytes, from, wanted));
        }
    }

    static IntStream aroundAPage() {
        return IntStream.rangeClosed(PAGE_BYTES - 100, PAGE_BYTES + 8);
    }

    @ParameterizedTest
    @MethodSource("aroundAPage")
    void shouldFindARecordThatBeginsInTheLastBytesOfAPageOfZeros(int position) {
        // given
        byte[] bytes = new byte[FILE_BYTES];
        put(bytes, position, 50, 7);
        // when
        OptionalLong found = new TailSearch(CrcCheck.CHECK, ANY).lookFrom(mapped(bytes), 0);
        // then
        assertThat(found).hasValue(FROM_OFFSET + position);
    }

    @Test
    void shouldFindARecordThatEndsWithTheFile() {
        // given
        byte[] bytes = new byte[FILE_BYTES];
        int sizeBytes = put(bytes, 0, 50, 7);
        put(bytes, FILE_BYTES - sizeBytes, 50, 7);
        // when
        OptionalLong found = new TailSearch(CrcCheck.CHECK, ANY).lookFrom(mapped(bytes), 1);
        // then
        assertThat(found).hasValue(FROM_OFFSET + FILE_BYTES - sizeBytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindTheLastByteThatIsNotZero(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        byte[] bytes = new byte[FILE_BYTES];
        int last = random.nextInt(FILE_BYTES);
        int from = random.nextInt(FILE_BYTES + 1);
        bytes[last] = 1;
        // when
        long found = TailSearch.lastNonZero(mapped(bytes), from);
        // then
        assertThat(found).as("seed %d, from %d", seed, from).isEqualTo(last >= from ? last : from - 1);
    }

    @Test
    void shouldBringZerosBehindTheLastByteByThePieceAndNothingWhereThereAreNone() throws IOException {
        // given
        byte[] bytes = new byte[1 << 20];
        ManualMemory zerosAtTheEnd = new ManualMemory();
        ManualMemory none = new ManualMemory();
        bytes[600 << 10] = 1;

        // when
        long found = TailSearch.lastNonZero(mapped(bytes, zerosAtTheEnd), 0);
        bytes[bytes.length - 1] = 1;
        long foundAtOnce = TailSearch.lastNonZero(mapped(bytes, none), 0);

        // then
        assertThat(found).isEqualTo(600 << 10);
        assertThat(zerosAtTheEnd.advisedBytes()).isEqualTo(4 * (128 << 10));
        assertThat(foundAtOnce).isEqualTo(bytes.length - 1);
        assertThat(none.advisedBytes()).isZero();
    }

    static IntStream aroundParts() {
        return IntStream.concat(IntStream.rangeClosed(PAGE_BYTES - 100, PAGE_BYTES + 8),
                IntStream.rangeClosed(3 * PAGE_BYTES - 100, 3 * PAGE_BYTES + 8));
    }

    @ParameterizedTest
    @MethodSource("aroundParts")
    void shouldFindARecordWhereNotAllOfTheFileWasWritten(int position) {
        // given a file system that tells pages that are zero from those that are not
        byte[] bytes = new byte[FILE_BYTES];
        put(bytes, position, 50, 7);
        bytes[0] = 1;
        bytes[FILE_BYTES - 1] = 1;
        List<WrittenPart> written = IntStream.range(0, FILE_BYTES / PAGE_BYTES)
                .filter(page -> !isZero(bytes, page * PAGE_BYTES))
                .mapToObj(page -> new WrittenPart((long) page * PAGE_BYTES, (page + 1L) * PAGE_BYTES))
                .toList();
        // when
        OptionalLong found = new TailSearch(CrcCheck.CHECK, ANY).lookFrom(mapped(bytes), 1, joined(written));
        // then
        assertThat(found).hasValue(FROM_OFFSET + position);
    }

    private static boolean isZero(byte[] bytes, int position) {
        return Arrays.equals(bytes, position, position + PAGE_BYTES, new byte[PAGE_BYTES], 0, PAGE_BYTES);
    }

    private static List<WrittenPart> joined(List<WrittenPart> pages) {
        List<WrittenPart> parts = new ArrayList<>();
        for (WrittenPart page : pages) {
            boolean goesOn = !parts.isEmpty() && parts.getLast().to() == page.from();
            parts.add(new WrittenPart(goesOn ? parts.removeLast().from() : page.from(), page.to()));
        }
        return parts;
    }

    @Test
    void shouldLeaveWhatWasNeverWrittenAsItIs(@TempDir Path temporary) throws IOException {
        // given a file that is reserved, and of which one page was written
        long sizeBytes = 128L << 20;
        LiveEnvironment environment = LiveEnvironment.builder().withoutProbe().build();
        try (DiskFile file = environment.disk().create(temporary.resolve("00000000000000000000"), sizeBytes)) {
            file.map().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            MappedFile log = new MappedFile(file, 0, environment.memory());
            assumeTrue(file.nextHole(0) < sizeBytes, "the file system can tell");
            // when
            assertThat(new TailSearch(CrcCheck.CHECK, ANY).lookFrom(log, 1)).isEmpty();
            assertThat(TailSearch.lastNonZero(log, 0)).isZero();
            // then no more than what the system reads ahead counts as written now
            long written = log.writtenFrom(0).stream().mapToLong(part -> part.to() - part.from()).sum();
            assertThat(written).isLessThan(sizeBytes / 2);
        }
    }

    /// Zeros, with records, damaged records, records of other places, and noise.
    private static byte[] randomFile(Random random) {
        byte[] bytes = new byte[FILE_BYTES];
        for (int i = random.nextInt(8); i > 0; i--) {
            int position = random.nextBoolean()
                    ? random.nextInt(FILE_BYTES - 400)
                    : (1 + random.nextInt(7)) * PAGE_BYTES - random.nextInt(12);
            int sizeBytes = put(bytes, position, random.nextInt(200), random.nextInt(100));
            switch (random.nextInt(4)) {
                case 0 -> bytes[position + random.nextInt(sizeBytes)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> ByteBuffer.wrap(bytes).putLong(position + MessageLayout.PHYSICAL_OFFSET, position);
                case 2 -> noise(bytes, random.nextInt(FILE_BYTES), random.nextInt(300), random);
                default -> {
                    // sound
                }
            }
        }
        return bytes;
    }

    private static void noise(byte[] bytes, int position, int sizeBytes, Random random) {
        byte[] noise = new byte[Math.min(sizeBytes, bytes.length - position)];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, position, noise.length);
    }

    /// @return bytes of the record
    private static int put(byte[] bytes, int position, int bodyBytes, long storeTimestamp) {
        byte[] record = RECORDS.computeIfAbsent(bodyBytes, size -> StoreImage.of(StoreImage.body(size)).log(0));
        ByteBuffer.wrap(record)
                .putLong(MessageLayout.PHYSICAL_OFFSET, FROM_OFFSET + position)
                .putLong(STORE_TIMESTAMP_AT, storeTimestamp);
        int sizeBytes = ByteBuffer.wrap(record).getInt();
        System.arraycopy(record, 0, bytes, position, sizeBytes);
        return sizeBytes;
    }

    private static OptionalLong byteByByte(byte[] bytes, long from, LongPredicate wanted) {
        RecordScanner scanner = new RecordScanner(MemorySegment.ofArray(bytes), FROM_OFFSET, FILE_BYTES,
                CrcCheck.CHECK);
        for (long at = from; at < FILE_BYTES; at++) {
            if (scanner.seek(at).next() == Found.RECORD && wanted.test(scanner.storeTimestamp())) {
                return OptionalLong.of(FROM_OFFSET + at);
            }
        }
        return OptionalLong.empty();
    }

    private static MappedFile mapped(byte[] bytes) {
        return mapped(bytes, new ManualMemory());
    }

    private static MappedFile mapped(byte[] bytes, ManualMemory memory) {
        UnforcedDisk disk = new StoreImage().log(FROM_OFFSET, bytes).disk();
        try {
            DiskFile file = disk.open(StoreImage.file(FROM_OFFSET));
            return new MappedFile(file, FROM_OFFSET, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
