package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.flush.RequestsReading.Doing;
import dev.storescope.app.panel.flush.RequestsReading.Producer;
import dev.storescope.app.panel.flush.TokenPicture.Kind;
import dev.storescope.app.panel.flush.TokenPicture.Place;
import dev.storescope.app.panel.flush.TokenPicture.Spot;
import dev.storescope.app.panel.flush.TokenPicture.Token;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.pulse.motion.Way;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Sees producers and requests one by one, where they are at the time of a frame.
final class TokenReading {
    /// More are a crowd: they are shown as one.
    static final int MOST_PRODUCERS = 64;
    /// A request goes to three places while the disk is forced once; all of that is seen before the next force ends.
    private static final int GLIDES_IN_A_FORCE = 4;
    private static final int GLIDES_OF_A_REQUEST = 3;

    private final Motion motion;
    private final long glideNs;
    private final List<Producer> producers;

    /// @param usualForceNs how long a force takes
    TokenReading(Recording recording, Motion motion, long usualForceNs) {
        this.motion = motion;
        glideNs = motion.glideNs(usualForceNs / GLIDES_IN_A_FORCE);
        long shownNs = motion.mode() == Motion.Mode.EXACT ? usualForceNs : 2 * GLIDES_OF_A_REQUEST * glideNs;
        producers = new RequestsReading(recording, motion.nanos(), shownNs).producers();
    }

    /// @param flush of the same time
    /// @param active how many producers there are
    /// @return nothing when it cannot be told which requests are in the lists
    Optional<TokenPicture> picture(FlushSnapshot flush, int active) {
        if (active == 0 || active > MOST_PRODUCERS
                || !tellsAll(flush)
                || producers.stream().anyMatch(each -> each.number() >= active && isUnderWay(each))) {
            return Optional.empty();
        }
        List<TokenPicture.Producer> shown = new ArrayList<>();
        for (int i = 0; i < active; i++) {
            shown.add(new TokenPicture.Producer(i, Doing.RUNS));
        }
        List<Token> standing = new ArrayList<>();
        List<Token> underWay = new ArrayList<>();
        for (Producer producer : producers) {
            if (producer.number() < active) {
                List<Token> tokens = tokens(producer);
                boolean isAnswerUnderWay = tokens.stream()
                        .anyMatch(token -> token.isUnderWay() && token.to().place() == Place.PRODUCERS);
                shown.set(producer.number(), new TokenPicture.Producer(producer.number(),
                        isAnswerUnderWay ? Doing.WAITS_FOR_DISK : doing(producer)));
                tokens.forEach(token -> (token.isUnderWay() ? underWay : standing).add(token));
            }
        }
        standing.addAll(underWay);
        int listed = Math.max(flush.requestsWrite(), flush.requestsRead());
        return Optional
                .of(new TokenPicture(shown, standing, answers(active), Math.max(active, listed), motion.changes(),
                        motion.arrived()));
    }

    /// Where the world stands, they have arrived; whoever saw the request before sees them come.
    private List<Token> answers(int active) {
        if (motion.mode() != Motion.Mode.EXACT || motion.arrived() >= 1) {
            return List.of();
        }
        return producers.stream()
                .filter(producer -> producer.number() < active)
                .flatMap(producer -> producer.requests().stream())
                .filter(request -> request.answeredNanos() != Request.NOT_YET)
                .map(request -> {
                    Spot home = new Spot(Place.PRODUCERS, request.producer());
                    return new Token(request.offset(), request.producer(), kind(request, home), home, home, 1);
                })
                .toList();
    }

    private static Doing doing(Producer producer) {
        return producer.doing() == Doing.WAITS_FOR_DISK && !isUnderWay(producer) ? Doing.WAKES_UP : producer.doing();
    }

    private static boolean isUnderWay(Producer producer) {
        return producer.requests().stream().anyMatch(request -> request.answeredNanos() == Request.NOT_YET);
    }

    /// Whether the requests that are known are those that there are.
    private boolean tellsAll(FlushSnapshot flush) {
        return count(Request::isInWrite) == flush.requestsWrite() && count(Request::isInRead) == flush.requestsRead();
    }

    private long count(Predicate<Request> what) {
        return producers.stream().flatMap(producer -> producer.requests().stream()).filter(what).count();
    }

    /// A producer that waits sends its next request when the answer to the last one has come, and so it is seen.
    private List<Token> tokens(Producer producer) {
        List<Token> tokens = new ArrayList<>();
        long free = Long.MIN_VALUE;
        for (Request request : producer.requests()) {
            Way<Spot> way = way(request, free);
            Way.Position<Spot> at = way.at(motion.nanos());
            boolean isAnswered = at.to().place() == Place.PRODUCERS && request.answeredNanos() != Request.NOT_YET
                    && motion.nanos() >= request.answeredNanos();
            if (isAnswered) {
                free = way.arrivalNanos();
            }
            if (at.to().place() != Place.PRODUCERS || !at.isThere()) {
                tokens.add(new Token(request.offset(), producer.number(), kind(request, at.to()), at.from(), at.to(),
                        at.part()));
            }
        }
        return tokens;
    }

    private Way<Spot> way(Request request, long free) {
        Way<Spot> way = new Way<>(new Spot(Place.PRODUCERS, request.producer()), glideNs, motion.settledNanos(), free)
                .to(new Spot(Place.REQUESTS_WRITE, request.place()), request.requestedNanos());
        if (request.swappedNanos() != Request.NOT_YET) {
            way.to(new Spot(Place.REQUESTS_READ, request.place()), request.swappedNanos());
        }
        if (request.answeredNanos() != Request.NOT_YET) {
            way.to(new Spot(Place.PRODUCERS, request.producer()), request.answeredNanos());
        }
        return way;
    }

    private static Kind kind(Request request, Spot to) {
        if (to.place() == Place.PRODUCERS) {
            return request.isKept() ? Kind.ACKNOWLEDGED : Kind.NOT_FLUSHED;
        }
        return to.place() == Place.REQUESTS_READ && request.place() == 0 ? Kind.PAYS : Kind.RIDES_FREE;
    }
}
