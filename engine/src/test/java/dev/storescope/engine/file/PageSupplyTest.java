package dev.storescope.engine.file;

import static dev.storescope.engine.file.FilesAhead.FILE_BYTES;
import static dev.storescope.engine.file.FilesAhead.KIB;
import static dev.storescope.engine.file.FilesAhead.MIB;
import static dev.storescope.engine.file.FilesAhead.stepToTheEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.file.FilesAhead.Answer;
import dev.storescope.engine.testing.ManualEnvironment;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageSupplyTest {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final FilesAhead files = new FilesAhead("populate", 512 * KIB);
    private ManualEnvironment environment;
    private AheadOfLog supply;

    @BeforeEach
    void makeSupply() throws IOException {
        supply = supplyFor(FileParts.config(FILE_BYTES));
    }

    @Test
    void shouldMakeThePagesAsFarAheadOfAFastLogAsTheLeadInSteps() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        int steps = growAndLook(file, 4 * MIB);

        // then
        assertThat(steps).isEqualTo(32);
        assertThat(files.asked).startsWith("8-9", "9-10").endsWith("38-39", "39-40").hasSize(32);
    }

    @Test
    void shouldFollowTheLogToTheEndOfItsFileAndIntoTheNext() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        supply.add(files.newFile(FILE_BYTES));

        // when
        growAndLook(file, 23 * MIB);
        growAndLook(file, FILE_BYTES - 500 * KIB);

        // then
        assertThat(files.asked).startsWith("46-47")
                .containsSubsequence("77-78", "80-81", "111-112")
                .endsWith("79-80")
                .hasSize(32 + 32 + 1);
    }

    @Test
    void shouldLeaveASlowLogAlone() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        int steps = growAndLook(file, 1200 * KIB);

        // then
        assertThat(steps).isZero();
        assertThat(files.asked).isEmpty();
    }

    @Test
    void shouldBeginWhereTheFileWasNeverWritten() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        files.holeAt = 19 * MIB;

        // when
        growAndLook(file, 4 * MIB);

        // then
        assertThat(files.asked).containsExactly("38-39", "39-40");
    }

    @Test
    void shouldAskNothingOfAFileThatWasWrittenBefore() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        files.holeAt = FILE_BYTES;

        // when
        int steps = growAndLook(file, 4 * MIB);

        // then
        assertThat(steps).isZero();
    }

    @Test
    void shouldLookAgainTheSoonerTheFasterTheLogIs() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        growAndLook(file, 4 * MIB);
        long fast = supply.nextLookNs();
        growAndLook(file, 4 * MIB + 1);
        long slow = supply.nextLookNs();
        growAndLook(file, 4 * MIB + 1);
        long standing = supply.nextLookNs();

        // then
        assertThat(fast).isEqualTo(2_000_000);
        assertThat(slow).isEqualTo(20_000_000);
        assertThat(standing).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNeverLookWhereTheSystemCannotMakePages() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        files.answer = Answer.NO;

        // when
        int steps = growAndLook(file, 4 * MIB);

        // then
        assertThat(steps).isZero();
        assertThat(files.asked).isEmpty();
        assertThat(supply.nextLookNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldAskForNoPageTwiceWhereThereIsNoRoom() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        files.answer = Answer.FULL;

        // when
        growAndLook(file, 4 * MIB);
        growAndLook(file, 6 * MIB);

        // then
        assertThat(files.asked).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void shouldDoNothingWhereTheLogGoesThroughBuffersOrAllIsWarmed() throws IOException {
        // given
        AheadOfLog pooled = supplyFor(FileParts.config(FILE_BYTES)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1));
        AheadOfLog warmed = supplyFor(FileParts.config(FILE_BYTES).set(StoreSetting.WARM_MAPED_FILE_ENABLE, true));
        MappedFile file = files.newFile(0);
        pooled.add(file);
        warmed.add(file);

        // when
        file.advanceWrote(4 * MIB, 1);
        environment.clock().advance(LOOK);
        int steps = stepToTheEnd(pooled) + stepToTheEnd(warmed);

        // then
        assertThat(steps).isZero();
    }

    /// The log comes to `position` between one look and the next.
    private int growAndLook(MappedFile file, long position) {
        supply.step();
        environment.clock().advance(LOOK);
        supply.step();
        file.advanceWrote(position, 1);
        supply.step();
        environment.clock().advance(LOOK);
        return stepToTheEnd(supply);
    }

    private AheadOfLog supplyFor(MessageStoreConfig.Builder config) throws IOException {
        FileParts parts = FileParts.with(config);
        environment = parts.environment;
        return AheadOfLog.of(environment, parts.config, parts.pool);
    }
}
