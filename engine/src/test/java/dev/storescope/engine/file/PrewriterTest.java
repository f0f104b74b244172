package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrewriterTest {
    private static final long MIB = 1L << 20;
    private static final long FILE_BYTES = 40 * MIB;

    /// What was asked of the disk, from and to in MiB.
    private final List<String> prewritten = new ArrayList<>();
    private Answer answer = Answer.WRITES;

    @Test
    void shouldWriteAsFarAheadOfTheLogAsTheLeadInSteps() throws IOException {
        // given
        Prewriter prewriter = sync();
        MappedFile file = newFile(0);
        prewriter.add(file);

        // when
        int steps = stepToTheEnd(prewriter);

        // then
        assertThat(steps).isEqualTo(8);
        assertThat(prewritten).containsExactly("0-4", "4-8", "8-12", "12-16", "16-20", "20-24", "24-28", "28-32");
    }

    @Test
    void shouldFollowTheLogToTheEndOfItsFileAndIntoTheNext() throws IOException {
        // given
        Prewriter prewriter = sync();
        MappedFile file = newFile(0);
        MappedFile next = newFile(FILE_BYTES);
        prewriter.add(file);
        prewriter.add(next);
        stepToTheEnd(prewriter);
        prewritten.clear();

        // when
        file.advanceWrote(20 * MIB, 1);
        stepToTheEnd(prewriter);
        file.advanceWrote(FILE_BYTES, 1);
        next.advanceWrote(4 * MIB, 1);
        stepToTheEnd(prewriter);

        // then
        assertThat(prewritten).containsExactly("32-36", "36-40", "72-76");
    }

    @Test
    void shouldLeaveOutWhatTheLogHasReachedItself() throws IOException {
        // given
        Prewriter prewriter = sync();
        MappedFile file = newFile(0);
        file.advanceWrote(3 * MIB - 1, 1);
        prewriter.add(file);

        // when
        prewriter.step();

        // then
        assertThat(prewritten).containsExactly("3-7");
    }

    @Test
    void shouldLookAgainSoonOnlyWhileTheLogGrows() throws IOException {
        // given
        Prewriter prewriter = sync();
        MappedFile file = newFile(0);
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
        Prewriter prewriter = sync();
        MappedFile file = newFile(0);
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
        assertThat(prewritten).containsExactly("0-4", "4-8", "8-12");
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
        Prewriter prewriter = sync();
        answer = Answer.GAINS_NOTHING;
        prewriter.add(newFile(0));
        prewriter.step();
        prewriter.add(newFile(FILE_BYTES));

        // when
        boolean stepped = prewriter.step();

        // then
        assertThat(stepped).isFalse();
        assertThat(prewritten).containsExactly("0-4");
    }

    @Test
    void shouldLeaveAFileAloneThatCannotBeWrittenAheadOrIsClosed() throws IOException {
        // given
        Prewriter prewriter = sync();
        MappedFile closed = newFile(0);
        prewriter.add(closed);
        prewriter.add(newFile(FILE_BYTES));
        closed.close();
        answer = Answer.FAILS;

        // when
        int steps = stepToTheEnd(prewriter);

        // then
        assertThat(steps).isZero();
        assertThat(prewritten).containsExactly("40-44");
    }

    @Test
    void shouldDoNothingWhereNoPutWaitsForTheDiskOrAllIsWarmed() throws IOException {
        // given
        Prewriter async = Prewriter.of(FileParts.config(FILE_BYTES).build());
        Prewriter warmed = Prewriter.of(FileParts.config(FILE_BYTES)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .set(StoreSetting.WARM_MAPED_FILE_ENABLE, true)
                .build());
        async.add(newFile(0));
        warmed.add(newFile(0));

        // when
        int steps = stepToTheEnd(async) + stepToTheEnd(warmed);

        // then
        assertThat(steps).isZero();
        assertThat(prewritten).isEmpty();
    }

    private static Prewriter sync() {
        return Prewriter.of(FileParts.config(FILE_BYTES)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .build());
    }

    private static int stepToTheEnd(Prewriter prewriter) {
        int steps = 0;
        while (prewriter.step()) {
            steps++;
        }
        return steps;
    }

    private MappedFile newFile(long fromOffset) throws IOException {
        FileParts parts = FileParts.withoutPool(FILE_BYTES);
        DiskFile file = parts.disk.create(FileParts.path(fromOffset), FILE_BYTES);
        DiskFile told = (DiskFile) Proxy.newProxyInstance(PrewriterTest.class.getClassLoader(),
                new Class<?>[] {DiskFile.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prewrite")) {
                        long from = (long) arguments[0];
                        return prewrite(fromOffset + from, fromOffset + from + (long) arguments[1]);
                    }
                    try {
                        return method.invoke(file, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new MappedFile(told, fromOffset, parts.environment.memory());
    }

    private boolean prewrite(long from, long to) throws IOException {
        prewritten.add("%d-%d".formatted(from / MIB, to / MIB));
        return switch (answer) {
            case WRITES -> true;
            case GAINS_NOTHING -> false;
            case FAILS -> throw new IOException("input/output error (wanted by the test)");
        };
    }

    private enum Answer {
        WRITES, GAINS_NOTHING, FAILS
    }
}
