package dev.storescope.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class LeasedRecordsTest {
    private static final long FIRST_FILE = 1_000;
    private static final long SECOND_FILE = 2_000;
    private final byte[] first = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    private final byte[] second = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
    private int released;

    @Test
    void shouldGiveRecordsOfSeveralFilesInTheirOrder() {
        // given
        LeasedRecords records = new LeasedRecords();
        records.goOnIn(FIRST_FILE, MemorySegment.ofArray(first), () -> released++);
        records.add(2, 3);
        records.add(7, 1);
        records.goOnIn(SECOND_FILE, MemorySegment.ofArray(second), () -> released++);
        records.add(0, 10);

        // when, then
        assertThat(records).extracting(SelectMappedBufferResult::startOffset).containsExactly(1_002L, 1_007L, 2_000L);
        assertThat(records).extracting(record -> record.segment().toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(new byte[] {2, 3, 4}, new byte[] {7}, second);
        assertThat(records.fileBytes(2).get(ValueLayout.JAVA_BYTE, records.position(2))).isEqualTo((byte) 10);
        assertThat(records.sizeBytes(1)).isEqualTo(1);
    }

    @Test
    void shouldNotTakeAFileWithoutRecordsForTheOneBehindIt() {
        // given: what was looked at there was not sound
        LeasedRecords records = new LeasedRecords();
        records.goOnIn(FIRST_FILE, MemorySegment.ofArray(first), () -> released++);
        records.goOnIn(SECOND_FILE, MemorySegment.ofArray(second), () -> released++);
        records.add(4, 2);

        // when
        SelectMappedBufferResult record = records.getFirst();

        // then
        assertThat(record.startOffset()).isEqualTo(SECOND_FILE + 4);
        assertThat(record.segment().toArray(ValueLayout.JAVA_BYTE)).containsExactly(14, 15);
    }

    @Test
    void shouldHoldMoreThanMostReadsGive() {
        // given
        LeasedRecords records = new LeasedRecords();
        records.goOnIn(0, MemorySegment.ofArray(new byte[1_000]), () -> released++);

        // when
        for (int i = 0; i < 1_000; i++) {
            records.add(i, 1);
        }

        // then
        assertThat(records).hasSize(1_000).extracting(SelectMappedBufferResult::startOffset).isSorted();
        assertThat(records.position(999)).isEqualTo(999);
    }

    @Test
    void shouldGiveEachLeaseBackOnceAndNoRecordAfterwards() {
        // given
        LeasedRecords records = new LeasedRecords();
        records.goOnIn(FIRST_FILE, MemorySegment.ofArray(first), () -> released++);
        records.goOnIn(SECOND_FILE, MemorySegment.ofArray(second), () -> released++);
        records.add(4, 2);

        // when
        records.close();
        records.close();

        // then
        assertThat(released).isEqualTo(2);
        assertThat(records).hasSize(1);
        assertThatThrownBy(() -> records.get(0)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void shouldTellItsBytesAlsoWhenItIsClosed() {
        // given
        LeasedRecords records = new LeasedRecords();
        records.goOnIn(FIRST_FILE, MemorySegment.ofArray(first), () -> released++);
        records.add(2, 3);
        records.add(5, 4);

        // when
        records.close();

        // then
        assertThat(records.totalSizeBytes()).isEqualTo(7);
    }

    @Test
    void shouldKeepApartWhatSharesAnArrayOneAfterTheOther() {
        // given
        LeasedRecords.Places pool = new LeasedRecords.Places();
        LeasedRecords closed = of(pool, first, 1);
        closed.close();

        // when
        LeasedRecords next = of(pool, first, 2);
        LeasedRecords atTheSameTime = of(pool, second, 3);
        closed.close();
        LeasedRecords last = of(pool, second, 4);

        // then
        assertThat(next.position(0)).isEqualTo(2);
        assertThat(atTheSameTime.position(0)).isEqualTo(3);
        assertThat(last.position(0)).isEqualTo(4);
        assertThatThrownBy(() -> closed.position(0)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private LeasedRecords of(LeasedRecords.Places pool, byte[] file, int position) {
        LeasedRecords records = new LeasedRecords(pool);
        records.goOnIn(FIRST_FILE, MemorySegment.ofArray(file), () -> released++);
        records.add(position, 1);
        return records;
    }

    @Test
    void shouldRefuseARecordThatIsNotThere() {
        assertThatThrownBy(() -> new LeasedRecords().get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
