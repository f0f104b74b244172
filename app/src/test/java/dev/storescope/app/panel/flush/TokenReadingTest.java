package dev.storescope.app.panel.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.panel.SlowWorlds;
import dev.storescope.app.panel.flush.RequestsReading.Doing;
import dev.storescope.app.panel.flush.TokenPicture.Kind;
import dev.storescope.app.panel.flush.TokenPicture.Place;
import dev.storescope.app.panel.flush.TokenPicture.Token;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Until;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenReadingTest {
    private static final long BEGIN = 40_000_000;
    private static final long STEP_NS = 7_300;
    private static final int FRAMES = 2_000;
    private static final long USUAL_FORCE_NS = 2_500_000;
    private static final long GLIDE_NS = Motion.GLIDE_REAL_NS / 1_000;

    private final SlowWorlds world = SlowWorlds.of(MessageStoreConfig.builder(Path.of("/store"))
            .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
            .build());

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldShowEachRequestInTheListInWhichItIs() {
        int[] most = new int[2];
        for (int i = 0; i < FRAMES; i++) {
            // when
            world.runTo(BEGIN + i * STEP_NS);
            TokenPicture picture = picture(world.exact(world.nanos())).orElseThrow();
            // then
            FlushSnapshot flush = world.snapshot().flush();
            assertThat(standing(picture, Place.REQUESTS_WRITE)).hasSize(flush.requestsWrite());
            assertThat(standing(picture, Place.REQUESTS_READ)).hasSize(flush.requestsRead());
            assertThat(picture.tokens()).noneMatch(Token::isUnderWay);
            assertThat(picture.producers()).filteredOn(producer -> producer.doing() == Doing.WAITS_FOR_DISK)
                    .hasSize(flush.requestsWrite() + flush.requestsRead());
            assertThat(picture.tokens().stream().filter(token -> token.kind() == Kind.PAYS).count())
                    .isEqualTo(Math.min(1, flush.requestsRead()));
            most[0] = Math.max(most[0], flush.requestsWrite());
            most[1] = Math.max(most[1], flush.requestsRead());
        }
        // it was no store in which nothing happens
        assertThat(most[0]).isGreaterThan(1);
        assertThat(most[1]).isGreaterThan(1);
    }

    @Test
    void shouldShowOnceEachProducerThatWaits() {
        world.runTo(BEGIN);

        TokenPicture picture = picture(world.exact(world.nanos())).orElseThrow();

        assertThat(picture.producers()).hasSize(SlowWorlds.PRODUCERS);
        assertThat(picture.tokens()).extracting(Token::producer)
                .doesNotHaveDuplicates()
                .allMatch(producer -> picture.producers().get(producer).doing() == Doing.WAITS_FOR_DISK);
    }

    @Test
    void shouldBeBetweenTheListsWhileTheSwapIsSeen() {
        // given a request whose list was swapped
        world.runTo(BEGIN);
        world.simulation().run(Until.event(ProbePoint.LISTS_SWAPPED));
        long swapped = world.nanos();
        // when
        Token first = tokensAt(swapped).stream()
                .filter(token -> token.to().place() == Place.REQUESTS_READ)
                .findFirst()
                .orElseThrow();
        Token middle = tokenAt(swapped + GLIDE_NS / 2, first.id());
        Token last = tokenAt(swapped + GLIDE_NS, first.id());
        // then
        assertThat(List.of(first, middle)).allSatisfy(token -> {
            assertThat(token.from().place()).isEqualTo(Place.REQUESTS_WRITE);
            assertThat(token.to().place()).isEqualTo(Place.REQUESTS_READ);
        });
        assertThat(first.part()).isZero();
        assertThat(middle.part()).isEqualTo(0.5, within(0.01));
        assertThat(last.part()).isEqualTo(1);
        assertThat(last.to().place()).isEqualTo(Place.REQUESTS_READ);
    }

    @Test
    void shouldGoFromTheProducerThroughBothListsAndBack() {
        // given
        Map<Long, List<String>> ways = new LinkedHashMap<>();
        // when
        for (int i = 0; i < FRAMES; i++) {
            world.runTo(BEGIN + i * STEP_NS);
            picture(world.gliding(world.nanos())).ifPresent(picture -> picture.tokens()
                    .forEach(token -> follow(ways.computeIfAbsent(token.id(), _ -> new ArrayList<>()), token)));
        }
        // then every request that was seen from its beginning to its end took this way
        List<List<String>> whole = ways.values()
                .stream()
                .filter(way -> way.getFirst().startsWith("PRODUCERS") && way.getLast().endsWith("PRODUCERS"))
                .toList();
        assertThat(whole).hasSizeGreaterThan(5)
                .allSatisfy(way -> assertThat(way).containsExactly("PRODUCERS to REQUESTS_WRITE",
                        "REQUESTS_WRITE to REQUESTS_READ", "REQUESTS_READ to PRODUCERS"));
    }

    @Test
    void shouldShowTheSamePictureOfAMomentWheneverItIsLookedAt() {
        // given pictures taken as the world went on
        Map<Long, TokenPicture> pictures = new LinkedHashMap<>();
        Map<Long, FlushSnapshot> flushes = new LinkedHashMap<>();
        for (int i = 0; i < FRAMES; i += 13) {
            world.runTo(BEGIN + i * STEP_NS);
            long nanos = world.nanos();
            flushes.put(nanos, world.snapshot().flush());
            picture(world.gliding(nanos)).ifPresent(picture -> pictures.put(nanos, picture));
        }
        // when looked at again, with a recording that has gone on
        world.runTo(world.nanos() + 20_000_000);
        // then
        assertThat(pictures).isNotEmpty();
        pictures.forEach((nanos, picture) -> assertThat(reading(world.gliding(nanos))
                .picture(flushes.get(nanos), SlowWorlds.PRODUCERS)).as("at %d", nanos).contains(picture));
    }

    @Test
    void shouldNotPretendToKnowWhoIsInTheListsWhenTheRecordingDoesNotTell() {
        world.runTo(BEGIN);
        var others = new FlushSnapshot(40, 2, 0, 0, 0, List.of(), List.of(), world.snapshot().flush().realTime(),
                world.snapshot().flush().commit());

        assertThat(reading(world.exact(world.nanos())).picture(others, SlowWorlds.PRODUCERS)).isEmpty();
    }

    private static void follow(List<String> way, Token token) {
        String leg = token.from().place() + " to " + token.to().place();
        if (way.isEmpty() || !way.getLast().equals(leg)) {
            way.add(leg);
        }
    }

    private Token tokenAt(long nanos, long id) {
        return tokensAt(nanos).stream().filter(token -> token.id() == id).findFirst().orElseThrow();
    }

    private List<Token> tokensAt(long nanos) {
        world.runTo(nanos);
        return picture(world.gliding(nanos)).orElseThrow().tokens();
    }

    private static List<Token> standing(TokenPicture picture, Place place) {
        return picture.tokens().stream().filter(token -> token.to().place() == place).toList();
    }

    private Optional<TokenPicture> picture(Motion motion) {
        return reading(motion).picture(world.snapshot().flush(), SlowWorlds.PRODUCERS);
    }

    private TokenReading reading(Motion motion) {
        return new TokenReading(world.recording(), motion, USUAL_FORCE_NS);
    }
}
