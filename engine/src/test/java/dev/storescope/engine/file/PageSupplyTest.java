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
    private static final Duration MEASURED = Duration.ofMillis(20);

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
        int steps = growTo(file, 2 * MIB) + growTo(file, 4 * MIB);

        // then
        assertThat(steps).isEqualTo(32);
        assertThat(files.asked).startsWith("8-9", "9-10").endsWith("38-39", "39-40").hasSize(32);
    }

    @Test
    void shouldFollowTheLogToTheEndOfItsFileAndIntoTheNext() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        MappedFile next = files.newFile(FILE_BYTES);
        supply.add(file);
        supply.add(next);

        // when
        growTo(file, 20 * MIB);
        growTo(file, 23 * MIB);
        String lastBefore = files.asked.getLast();
        growTo(file, 36 * MIB);
        String lastNear = files.asked.getLast();
        growTo(file, FILE_BYTES);
        growTo(next, 2 * MIB);

        // then
        assertThat(lastBefore).isEqualTo("77-78");
        assertThat(lastNear).isEqualTo("103-104");
        assertThat(files.asked).startsWith("46-47").endsWith("115-116").hasSize(116 - 46).doesNotHaveDuplicates();
    }

    @Test
    void shouldStayWithALogThatIsFastWhereTheRestOfItsFileIsMade() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        growTo(file, 22 * MIB);
        growTo(file, 24 * MIB);
        growTo(file, 26 * MIB);
        growTo(file, 28 * MIB);

        // when
        supply.add(files.newFile(FILE_BYTES));
        supply.step();

        // then
        assertThat(supply.nextLookNs()).isEqualTo(2_000_000);
        assertThat(files.asked).endsWith("80-81");
    }

    @Test
    void shouldLeaveASlowLogAlone() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        int steps = growTo(file, 1200 * KIB) + growTo(file, 2400 * KIB);

        // then
        assertThat(steps).isZero();
        assertThat(files.asked).isEmpty();
    }

    @Test
    void shouldLeaveASlowLogAloneThatWasNotLookedAtForLong() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        int steps = 0;
        for (int second = 1; second <= 5; second++) {
            file.advanceWrote(second * 2 * MIB, 1);
            environment.clock().advance(Duration.ofSeconds(1));
            steps += stepToTheEnd(supply);
            environment.clock().advance(MEASURED);
            steps += stepToTheEnd(supply);
        }

        // then
        assertThat(steps).isZero();
    }

    @Test
    void shouldLeaveACrowdOfMessagesAloneThatComeAtOnce() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        int steps = growTo(file, 4 * MIB) + growTo(file, 4 * MIB);

        // then
        assertThat(steps).isZero();
    }

    @Test
    void shouldStayWithAFastLogThatPauses() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        growTo(file, 2 * MIB);
        growTo(file, 4 * MIB);

        // when
        growTo(file, 4 * MIB);

        // then
        assertThat(supply.nextLookNs()).isEqualTo(2_000_000);
    }

    @Test
    void shouldNotAskWhereAFileWasWrittenBeforeTheLogComesNearIt() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        supply.add(files.newFile(FILE_BYTES));

        // when
        growTo(file, 2 * MIB);
        growTo(file, 4 * MIB);
        growTo(file, 6 * MIB);

        // then
        assertThat(files.holesAsked).containsOnly(0L);
    }

    @Test
    void shouldBeginWhereTheFileWasNeverWritten() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);
        files.holeAt = 19 * MIB;

        // when
        growTo(file, 2 * MIB);
        growTo(file, 4 * MIB);

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
        int steps = growTo(file, 2 * MIB) + growTo(file, 4 * MIB);

        // then
        assertThat(steps).isZero();
    }

    @Test
    void shouldAskForEachPageOnceWhereTheLogGoesOnInAFileThatIsKnown() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        supply.add(file);
        growTo(file, 2 * MIB);
        growTo(file, 4 * MIB);

        // then
        assertThat(files.asked).hasSize(32).doesNotHaveDuplicates();
    }

    @Test
    void shouldLookAgainTheSoonerTheFasterTheLogIs() throws IOException {
        // given
        MappedFile file = files.newFile(0);
        supply.add(file);

        // when
        growTo(file, 2 * MIB);
        growTo(file, 4 * MIB);
        long fast = supply.nextLookNs();
        growTo(file, 4 * MIB + 1);
        growTo(file, 4 * MIB + 2);
        long slow = supply.nextLookNs();
        growTo(file, 4 * MIB + 2);
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
        int steps = growTo(file, 2 * MIB) + growTo(file, 4 * MIB);

        // then
        assertThat(steps).isZero();
        assertThat(supply.nextLookNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldDoNothingWhereTheTransientPoolActs() throws IOException {
        // given
        supply = supplyFor(FileParts.config(FILE_BYTES)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1));

        // when
        int steps = addAndGrowFast();

        // then
        assertThat(steps).isZero();
        assertThat(supply.nextLookNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldDoNothingWhereAllIsWarmed() throws IOException {
        // given
        supply = supplyFor(FileParts.config(FILE_BYTES).set(StoreSetting.WARM_MAPED_FILE_ENABLE, true));

        // when
        int steps = addAndGrowFast();

        // then
        assertThat(steps).isZero();
        assertThat(supply.nextLookNs()).isEqualTo(Long.MAX_VALUE);
    }

    private int addAndGrowFast() throws IOException {
        MappedFile file = files.newFile(0);
        supply.add(file);
        return growTo(file, 2 * MIB) + growTo(file, 4 * MIB);
    }

    /// The log comes to `position` in the time in which it is measured once.
    private int growTo(MappedFile file, long position) {
        file.advanceWrote(position, 1);
        environment.clock().advance(MEASURED);
        return stepToTheEnd(supply);
    }

    private AheadOfLog supplyFor(MessageStoreConfig.Builder config) throws IOException {
        FileParts parts = FileParts.with(config);
        environment = parts.environment;
        return AheadOfLog.of(environment, parts.config, parts.pool);
    }
}
