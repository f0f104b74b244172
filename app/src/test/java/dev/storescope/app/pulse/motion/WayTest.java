package dev.storescope.app.pulse.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WayTest {
    private static final long NEVER = Long.MIN_VALUE;

    @Test
    void shouldLeaveWhenItHappensAndArriveAfterTheGlide() {
        // given
        Way<String> way = new Way<>("producer", 100, NEVER, NEVER).to("list", 1_000);
        // then
        assertThat(way.at(999)).isEqualTo(new Way.Position<>("producer", "producer", 1));
        assertThat(way.at(1_000)).isEqualTo(new Way.Position<>("producer", "list", 0));
        assertThat(way.at(1_050).part()).isEqualTo(0.5, within(1e-9));
        assertThat(way.at(1_100)).isEqualTo(new Way.Position<>("producer", "list", 1));
    }

    @Test
    void shouldGoOnOnlyWhenItHasArrived() {
        // given a second move that happened while the first is still seen
        Way<String> way = new Way<>("producer", 100, NEVER, NEVER).to("write", 1_000).to("read", 1_040);
        // then
        assertThat(way.at(1_060).to()).isEqualTo("write");
        assertThat(way.at(1_100)).isEqualTo(new Way.Position<>("write", "read", 0));
        assertThat(way.arrivalNanos()).isEqualTo(1_200);
    }

    @Test
    void shouldNeverGoBackOnItsWay() {
        Way<String> way = new Way<>("producer", 100, NEVER, NEVER).to("write", 1_000);

        double[] parts = LongStream.rangeClosed(1_000, 1_100).mapToDouble(nanos -> way.at(nanos).part()).toArray();

        assertThat(parts).isSorted().startsWith(0).endsWith(1);
    }

    @Test
    void shouldNotLeaveBeforeItIsFree() {
        Way<String> way = new Way<>("producer", 100, NEVER, 1_300).to("write", 1_000);

        assertThat(way.at(1_299)).isEqualTo(new Way.Position<>("producer", "producer", 1));
        assertThat(way.at(1_300).to()).isEqualTo("write");
    }

    @Test
    void shouldBeWhereItIsAtOnceWhenThatHasBeenSeenBefore() {
        // given a world that stood at 1,050
        Way<String> way = new Way<>("producer", 100, 1_050, NEVER).to("write", 1_040).to("read", 1_060);
        // then the first move is over, the second one is seen
        assertThat(way.at(1_050)).isEqualTo(new Way.Position<>("producer", "write", 1));
        assertThat(way.at(1_060)).isEqualTo(new Way.Position<>("write", "read", 0));
    }

    @Test
    void shouldJumpWithoutAGlide() {
        Way<String> way = new Way<>("producer", 0, NEVER, NEVER).to("write", 1_000);

        assertThat(way.at(999).to()).isEqualTo("producer");
        assertThat(way.at(1_000)).isEqualTo(new Way.Position<>("producer", "write", 1));
    }
}
