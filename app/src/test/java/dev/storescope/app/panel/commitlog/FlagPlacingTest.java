package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.commitlog.FlagPlacing.Side;
import dev.storescope.app.panel.commitlog.FlagPlacing.Tag;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagPlacingTest {
    private static final double TAG_HEIGHT = 14;
    private static final double HEIGHT = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldKeepFlagsApartAndInside(long seed) {
        var random = new Random(seed);
        CellGrid grid = CellGrid.wholeFile(1 << 20, 200, HEIGHT);
        for (int i = 0; i < 500; i++) {
            // given three pointers, some of them close together
            long wrote = random.nextLong(1 << 20);
            long committed = Math.max(0, wrote - random.nextLong(1 << random.nextInt(1, 20)));
            long flushed = Math.max(0, committed - random.nextLong(1 << random.nextInt(1, 20)));
            var placing = new FlagPlacing(grid, HEIGHT, TAG_HEIGHT);
            // when
            List<Tag> tags = List.of(place(placing, grid, wrote, Side.BELOW),
                    place(placing, grid, committed, Side.ABOVE),
                    place(placing, grid, flushed, Side.ABOVE));
            // then
            String where = "seed %d: %d %d %d".formatted(seed, flushed, committed, wrote);
            assertThat(tags).as(where).allSatisfy(tag -> {
                assertThat(tag.left()).isNotNegative();
                assertThat(tag.left() + tag.width()).isLessThanOrEqualTo(grid.width());
                assertThat(tag.top()).isNotNegative();
                assertThat(tag.top() + tag.height()).isLessThanOrEqualTo(HEIGHT);
            });
            assertThat(tags.get(0).touches(tags.get(1))).as(where).isFalse();
            assertThat(tags.get(0).touches(tags.get(2))).as(where).isFalse();
            assertThat(tags.get(1).touches(tags.get(2))).as(where).isFalse();
        }
    }

    private static Tag place(FlagPlacing placing, CellGrid grid, long position, Side side) {
        return placing.place(grid.x(position), grid.rowOf(position), 90, side);
    }
}
