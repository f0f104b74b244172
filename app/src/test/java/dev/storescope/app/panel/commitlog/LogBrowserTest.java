package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.commitlog.LogBrowser.Extent;
import dev.storescope.app.panel.commitlog.LogBrowser.Room;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogBrowserTest {
    private static final long FILE = 1 << 20;
    private static final int TILES = 3;
    private static final Room ROOM = new Room(TILES, 258, 400, 800, 400);

    private final LogBrowser browser = new LogBrowser();

    @BeforeEach
    void lookAtTenFiles() {
        browser.use(ROOM);
        browser.see(extent(10));
    }

    /// The last of them is preallocated, the one before it written up to the middle.
    private static Extent extent(long files) {
        long active = (files - 2) * FILE;
        return new Extent(0, files * FILE, FILE, active, active + FILE / 2);
    }

    @Test
    void shouldShowTheFileBeforeTheActiveOneAndTheNext() {
        assertThat(browser.isFollowing()).isTrue();
        assertThat(browser.tiles()).isEqualTo(TILES);
        assertThat(browser.firstTile()).isEqualTo(7 * FILE);
    }

    @Test
    void shouldFollowWhenTheLogRollsOn() {
        browser.see(extent(12));

        assertThat(browser.firstTile()).isEqualTo(9 * FILE);
    }

    @Test
    void shouldBeginWithTheFirstFileWhileThereIsNoneBefore() {
        browser.see(extent(2));

        assertThat(browser.firstTile()).isZero();
    }

    @Test
    void shouldStayWhereTheUserWentWhileTheLogRollsOn() {
        // when
        browser.show(3 * FILE + 7);
        browser.see(extent(40));
        // then
        assertThat(browser.isFollowing()).isFalse();
        assertThat(browser.shows(3 * FILE + 7)).isTrue();
        // when
        browser.follow();
        // then
        assertThat(browser.firstTile()).isEqualTo(37 * FILE);
    }

    @Test
    void shouldZoomFromFilesToAPageARowAndBack() {
        // given
        long place = 4 * FILE + 100_000;
        // when
        int steps = 0;
        while (browser.canZoomIn()) {
            browser.zoomIn(place);
            steps++;
            assertThat(browser.shows(place)).as("after %d steps", steps).isTrue();
        }
        // then
        assertThat(browser.grid().rowBytes()).isEqualTo(CellGrid.PAGE_BYTES);
        assertThat(browser.tiles()).isEqualTo(1);
        // when
        for (int i = 0; i < steps; i++) {
            browser.zoomOut(place);
            assertThat(browser.shows(place)).isTrue();
        }
        // then
        assertThat(browser.isClose()).isFalse();
        assertThat(browser.canZoomOut()).isFalse();
    }

    @Test
    void shouldKeepTheRowUnderTheMouseWhenZooming() {
        // given
        long place = 4 * FILE + 600_000;
        browser.zoomIn(place);
        browser.zoomIn(place);
        int before = rowOf(place);
        // when
        browser.zoomIn(place);
        // then
        assertThat(rowOf(place)).isEqualTo(before);
    }

    private int rowOf(long offset) {
        return browser.grid().rowOf(offset - browser.firstTile());
    }

    @Test
    void shouldFollowTheTailWhileLookingClosely() {
        // given
        long tail = extent(10).wrote();
        for (int i = 0; i < 5; i++) {
            browser.zoomIn(tail);
        }
        assertThat(browser.isFollowing()).isTrue();
        // when the log grows beyond what was shown, and into the next file
        for (long wrote = tail; wrote < 9 * FILE + 300_000; wrote += 10_000) {
            browser.see(new Extent(0, 11 * FILE, FILE, wrote / FILE * FILE, wrote));
            // then
            assertThat(browser.shows(wrote)).as("wrote %d", wrote).isTrue();
        }
    }

    @Test
    void shouldNotFollowWhenLookingCloselyAtAnotherPlace() {
        browser.zoomIn(2 * FILE);

        assertThat(browser.isFollowing()).isFalse();
        assertThat(browser.firstTile()).isEqualTo(2 * FILE);
    }

    @Test
    void shouldMoveTheCursorByCellsAndRowsAndScrollWithIt() {
        // when
        browser.moveCursor(1, 0);
        // then it appears where the log is written
        assertThat(browser.cursor()).isEqualTo(extent(10).wrote());
        // when
        browser.moveCursor(-1, 0);
        // then
        assertThat(browser.cursor()).isEqualTo(extent(10).wrote() - browser.grid().bytesPerCell());
        // when
        for (int i = 0; i < 200; i++) {
            browser.moveCursor(0, -1);
            assertThat(browser.shows(browser.cursor())).isTrue();
        }
        // then
        assertThat(browser.cursor()).isLessThan(7 * FILE);
        assertThat(browser.isFollowing()).isFalse();
    }

    @Test
    void shouldTurnPages() {
        // when
        browser.turnPages(-2);
        // then
        assertThat(browser.firstTile()).isEqualTo(5 * FILE);
        // when far beyond the beginning
        browser.turnPages(-50);
        // then
        assertThat(browser.firstTile()).isZero();
    }

    @Test
    void shouldDoNothingInAnEmptyLog() {
        // given
        browser.see(new Extent(0, 0, FILE, 0, 0));
        // when
        browser.moveCursor(1, 1);
        browser.zoomIn(0);
        browser.turnPages(1);
        // then
        assertThat(browser.cursor()).isEqualTo(-1);
        assertThat(browser.isClose()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldAlwaysShowAPartOfTheLogWhateverTheUserDoes(long seed) {
        var random = new Random(seed);
        long files = 3;
        for (int i = 0; i < 2_000; i++) {
            files += random.nextInt(20) == 0 ? 1 : 0;
            browser.see(extent(files));
            long offset = random.nextLong(files * FILE);
            switch (random.nextInt(9)) {
                case 0 -> browser.zoomIn(offset);
                case 1 -> browser.zoomOut(offset);
                case 2 -> browser.show(offset);
                case 3 -> browser.turnPages(random.nextInt(7) - 3);
                case 4 -> browser.moveCursor(random.nextInt(5) - 2, random.nextInt(5) - 2);
                case 5 -> browser.moveCursorTo(offset);
                case 6 -> browser.follow();
                case 7 -> browser.zoomIn(browser.aim());
                default ->
                        browser.use(new Room(1 + random.nextInt(4), 100 + random.nextInt(300), 50 + random.nextInt(400),
                                300 + random.nextInt(700), 50 + random.nextInt(400)));
            }
            assertThat(browser.windowFrom()).as("seed %d, step %d", seed, i).isBetween(0L, files * FILE - 1);
            assertThat(browser.windowTo()).as("seed %d, step %d", seed, i).isGreaterThan(browser.windowFrom());
            if (browser.isFollowing()) {
                assertThat(browser.shows(extent(files).wrote())).as("seed %d, step %d", seed, i).isTrue();
            }
        }
    }
}
