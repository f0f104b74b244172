package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.log.LogHoles.SoundPart;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogHolesTest {
    private final LogHoles holes = new LogHoles();

    @Test
    void shouldFindTheHoleThatAnOffsetLiesIn() {
        // given
        holes.add(300, 400, "second");
        holes.add(100, 200, "first");
        // then
        assertThat(holes.all()).extracting(LogHole::reason).containsExactly("first", "second");
        assertThat(holes.at(99)).isEmpty();
        assertThat(holes.at(100)).map(LogHole::reason).contains("first");
        assertThat(holes.at(199)).map(LogHole::reason).contains("first");
        assertThat(holes.at(200)).isEmpty();
        assertThat(holes.at(350)).map(LogHole::reason).contains("second");
        assertThat(holes.at(400)).isEmpty();
    }

    @Test
    void shouldGoOnBehindAHoleAndBehindTheOneThatFollowsOnIt() {
        // given
        holes.add(100, 200, "a bad record");
        holes.add(200, 300, "a missing file");
        // then
        assertThat(holes.nextSoundOffset(50)).isEqualTo(50);
        assertThat(holes.nextSoundOffset(100)).isEqualTo(300);
        assertThat(holes.nextSoundOffset(250)).isEqualTo(300);
        assertThat(holes.nextSoundOffset(300)).isEqualTo(300);
    }

    @Test
    void shouldSayWhereTheNextHoleBegins() {
        // given
        assertThat(holes.nextHoleOffset(0)).isEqualTo(Long.MAX_VALUE);
        holes.add(100, 200, "hole");
        // then
        assertThat(holes.nextHoleOffset(0)).isEqualTo(100);
        assertThat(holes.nextHoleOffset(150)).isEqualTo(150);
        assertThat(holes.nextHoleOffset(200)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldMakeOneOfHolesThatOverlapAndKeepTheFirstReason() {
        // given
        holes.add(100, 200, "first");
        holes.add(300, 400, "second");
        // when
        holes.add(150, 350, "found later");
        holes.add(120, 130, "known already");
        // then
        assertThat(holes.all()).singleElement().satisfies(hole -> {
            assertThat(hole.fromOffset()).isEqualTo(100);
            assertThat(hole.toOffset()).isEqualTo(400);
            assertThat(hole.reason()).isEqualTo("first");
        });
    }

    @Test
    void shouldForgetWhatLiesBeforeTheLogsBegin() {
        // given
        holes.add(100, 200, "gone");
        holes.add(300, 500, "cut");
        holes.add(600, 700, "left");
        // when
        holes.forgetBefore(400);
        // then
        assertThat(holes.all()).containsExactly(new LogHole(400, 500, "cut"), new LogHole(600, 700, "left"));
    }

    @Test
    void shouldTellWhatLiesBetweenTheHoles() {
        // given
        holes.replace(List.of(new LogHole(100, 200, "first"), new LogHole(200, 250, "second"),
                new LogHole(400, 500, "third")));
        // then
        assertThat(holes.soundParts(0, 600)).containsExactly(new SoundPart(0, 100), new SoundPart(250, 400),
                new SoundPart(500, 600));
        assertThat(holes.soundParts(150, 450)).containsExactly(new SoundPart(250, 400));
        assertThat(holes.soundParts(300, 310)).containsExactly(new SoundPart(300, 310));
        assertThat(holes.soundParts(100, 250)).isEmpty();
    }

    @Test
    void shouldRefuseAHoleWithoutBytes() {
        assertThatThrownBy(() -> holes.add(100, 100, "none")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected it to end behind 100, found 100");
    }
}
