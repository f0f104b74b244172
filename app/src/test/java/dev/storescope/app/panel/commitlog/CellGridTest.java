package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellGridTest {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"65536, 1", "1048576, 1", "67108864, 8", "1073741824, 128"})
    void shouldStandForAsFewPagesAsCanBeToldApart(long fileBytes, int pagesPerCell) {
        CellGrid grid = CellGrid.wholeFile(fileBytes, 258, 520);

        assertThat(grid.bytesPerCell()).isEqualTo(pagesPerCell * 4096L);
        assertThat(grid.toPosition()).isEqualTo(fileBytes);
    }

    @Test
    void shouldShowNothingWhereThereIsNoRoom() {
        assertThat(CellGrid.wholeFile(MIB, 0, 0).rows()).isZero();
        assertThat(CellGrid.wholeFile(MIB, 3, 200).rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFindTheSameBytesThatItDraws(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            // given
            CellGrid grid = randomGrid(random);
            if (grid.rows() == 0) {
                continue;
            }
            long range = grid.toPosition() - grid.fromPosition();
            long position = grid.fromPosition() + random.nextLong(range);
            // when
            long found = grid.positionAt(grid.x(position), grid.top(grid.rowOf(position)) + 1);
            // then
            assertThat(found).as("seed %d: position %d in %s", seed, position, grid).isNotNegative();
            assertThat(grid.cellStart(found)).as("seed %d: cell of position %d in %s", seed, position, grid)
                    .isEqualTo(grid.cellStart(position));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldStayInTheRoomThatThereIs(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            double width = 100 + random.nextInt(800);
            double height = 60 + random.nextInt(800);
            long fileBytes = 4096L * (1 + random.nextInt(20_000));
            CellGrid grid = CellGrid.wholeFile(fileBytes, width, height);

            assertThat(grid.width()).as("seed %d: %s", seed, grid).isLessThanOrEqualTo(width);
            assertThat(grid.height()).as("seed %d: %s", seed, grid).isLessThanOrEqualTo(height);
            assertThat(grid.toPosition()).as("seed %d: %s", seed, grid).isEqualTo(fileBytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void shouldFillTheRoomThatThereIs(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            double width = 100 + random.nextInt(800);
            double height = 60 + random.nextInt(800);
            CellGrid grid = CellGrid.wholeFile(4096L * (1 + random.nextInt(20_000)), width, height);

            assertThat(grid.right(grid.columns() - 1)).as("seed %d: %s", seed, grid).isBetween(width - 2.5, width);
            assertThat(grid.bottom(grid.rows() - 1)).as("seed %d: %s", seed, grid).isBetween(height - 2.5, height);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void shouldFindEveryRowFromItsFirstPixelToItsLast(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            CellGrid grid = CellGrid.wholeFile(4096L << random.nextInt(15), 100 + random.nextInt(300),
                    60 + random.nextInt(600));
            for (int row = 0; row < grid.rows(); row++) {
                int lastPixel = (int) grid.top(row + 1) - 1;
                assertThat(grid.rowOf(grid.positionAt(1, grid.top(row)))).as("seed %d: row %d of %s", seed, row, grid)
                        .isEqualTo(row);
                assertThat(grid.rowOf(grid.positionAt(1, lastPixel))).as("seed %d: row %d of %s", seed, row, grid)
                        .isEqualTo(row);
            }
        }
    }

    private static CellGrid randomGrid(Random random) {
        double width = 150 + random.nextInt(700);
        double height = 100 + random.nextInt(500);
        long fileBytes = 4096L << random.nextInt(15);
        if (random.nextBoolean()) {
            return CellGrid.wholeFile(fileBytes, width, height);
        }
        long rowBytes = Math.min(fileBytes, 4096L << random.nextInt(10));
        long rows = fileBytes / rowBytes;
        return CellGrid.partOfFile(fileBytes, rowBytes * random.nextLong(rows), rowBytes, width, height);
    }

    @Test
    void shouldHaveNothingBetweenTheCellsOfTheLastRowAndTheEdge() {
        var grid = new CellGrid(5 * 4096L, 0, 4096, 4, 2, 200, 20);

        assertThat(grid.positionAt(grid.width() - 1, grid.height() - 1)).isEqualTo(-1);
        assertThat(grid.positionAt(-1, 5)).isEqualTo(-1);
        assertThat(grid.positionAt(5, 500)).isEqualTo(-1);
    }

    @Test
    void shouldGiveEachRowTheBytesThatWereAskedFor() {
        CellGrid grid = CellGrid.partOfFile(MIB, 64 * KIB, 16 * KIB, 800, 300);

        assertThat(grid.rowBytes()).isEqualTo(16 * KIB);
        assertThat(grid.fromPosition()).isEqualTo(64 * KIB);
        assertThat(grid.bytesPerCell()).isEqualTo(4096);
        assertThat(grid.shows(64 * KIB - 1)).isFalse();
        assertThat(grid.shows(64 * KIB)).isTrue();
    }

    @Test
    void shouldBeginToZoomWithTheWholeFile() {
        long rowBytes = CellGrid.rowBytesOfWholeFile(64 * MIB, 800, 400);
        CellGrid grid = CellGrid.partOfFile(64 * MIB, 0, rowBytes, 800, 400);

        assertThat(grid.toPosition()).isEqualTo(64 * MIB);
        assertThat(CellGrid.partOfFile(64 * MIB, 0, rowBytes / 2, 800, 400).toPosition()).isLessThan(64 * MIB);
    }
}
