package dev.storescope.engine.file;

import static dev.storescope.engine.file.FilesAhead.FILE_BYTES;
import static dev.storescope.engine.file.FilesAhead.MIB;
import static dev.storescope.engine.file.FilesAhead.stepToTheEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PrewriterTest {
    private final FilesAhead files = new FilesAhead("prewrite", MIB);

    @Test
    void shouldWriteAsFarAheadOfTheLogAsTheLeadInSteps() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        MappedFile file = files.newFile(0);
        prewriter.add(file);

        // when
        int steps = stepToTheEnd(prewriter);

        // then
        assertThat(steps).isEqualTo(8);
        assertThat(files.asked).containsExactly("0-4", "4-8", "8-12", "12-16", "16-20", "20-24", "24-28", "28-32");
    }

    @Test
    void shouldFollowTheLogToTheEndOfItsFileAndIntoTheNext() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        MappedFile file = files.newFile(0);
        MappedFile next = files.newFile(FILE_BYTES);
        prewriter.add(file);
        prewriter.add(next);
        stepToTheEnd(prewriter);
        files.asked.clear();

        // when
        file.advanceWrote(20 * MIB, 1);
        stepToTheEnd(prewriter);
        file.advanceWrote(FILE_BYTES, 1);
        next.advanceWrote(4 * MIB, 1);
        stepToTheEnd(prewriter);

        // then
        assertThat(files.asked).containsExactly("32-36", "36-40", "72-76");
    }

    @Test
    void shouldLeaveOutWhatTheLogHasReachedItself() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        MappedFile file = files.newFile(0);
        file.advanceWrote(3 * MIB - 1, 1);
        prewriter.add(file);

        // when
        prewriter.step();

        // then
        assertThat(files.asked).containsExactly("3-7");
    }

    @Test
    void shouldLookAgainSoonOnlyWhileTheLogGrows() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        MappedFile file = files.newFile(0);
        prewriter.add(file);
        stepToTheEnd(prewriter);

        // when
        file.advanceWrote(1, 1);
        prewriter.step();
        long growing = prewriter.nextLookNs();
        prewriter.step();
        long standing = prewriter.nextLookNs();

        // then
        assertThat(growing).isEqualTo(50_000_000);
        assertThat(standing).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldPauseWhileTheForcesOfTheLogAreLarge() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        MappedFile file = files.newFile(0);
        prewriter.add(file);
        prewriter.step();
        prewriter.step();
        forceTimes(file, 30, 200 << 10);

        // when
        boolean steppedWhileLarge = prewriter.step();
        forceTimes(file, 30, 4 << 10);
        boolean steppedWhileSmall = prewriter.step();

        // then
        assertThat(steppedWhileLarge).isFalse();
        assertThat(steppedWhileSmall).isTrue();
        assertThat(files.asked).containsExactly("0-4", "4-8", "8-12");
    }

    private static void forceTimes(MappedFile file, int times, int bytes) throws IOException {
        for (int i = 0; i < times; i++) {
            file.advanceWrote(file.wrotePosition() + bytes, 1);
            file.flush(file.wrotePosition());
        }
    }

    @Test
    void shouldNeverAskAgainWhereNothingIsGained() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        files.answer = FilesAhead.Answer.NO;
        prewriter.add(files.newFile(0));
        prewriter.step();
        prewriter.add(files.newFile(FILE_BYTES));

        // when
        boolean stepped = prewriter.step();

        // then
        assertThat(stepped).isFalse();
        assertThat(files.asked).containsExactly("0-4");
    }

    @Test
    void shouldLeaveAFileAloneThatCannotBeWrittenAheadOrIsClosed() throws IOException {
        // given
        AheadOfLog prewriter = sync();
        MappedFile closed = files.newFile(0);
        prewriter.add(closed);
        prewriter.add(files.newFile(FILE_BYTES));
        closed.close();
        files.answer = FilesAhead.Answer.FAILS;

        // when
        int steps = stepToTheEnd(prewriter);

        // then
        assertThat(steps).isZero();
        assertThat(files.asked).containsExactly("40-44");
    }

    @Test
    void shouldDoNothingWhereAllIsWarmed() throws IOException {
        // given
        AheadOfLog warmed = ahead(FileParts.config(FILE_BYTES)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .set(StoreSetting.WARM_MAPED_FILE_ENABLE, true));
        warmed.add(files.newFile(0));

        // when
        int steps = stepToTheEnd(warmed);

        // then
        assertThat(steps).isZero();
        assertThat(files.asked).isEmpty();
    }

    private static AheadOfLog sync() throws IOException {
        return ahead(FileParts.config(FILE_BYTES)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
    }

    private static AheadOfLog ahead(MessageStoreConfig.Builder config) throws IOException {
        FileParts parts = FileParts.with(config);
        return AheadOfLog.of(parts.environment, parts.config, parts.pool);
    }
}
