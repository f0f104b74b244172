package dev.storescope.app.panel.flush;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the recording of a simulated run says of producers and their requests at a time: a function of the two.
final class RequestsReading {
    private static final String SERVICE = "GroupCommitService";
    private static final String PRODUCER = "producer-";
    /// A producer that does not wait has several requests under way; more than so many are not told apart.
    private static final int MOST_OF_A_PRODUCER = 64;

    private final Recording recording;
    private final long nanos;
    private final long sinceNanos;
    private final long openedNanos;
    private final Optional<Track> batches;

    /// @param nanos the time
    /// @param shownNs how long before it answers are still of interest
    RequestsReading(Recording recording, long nanos, long shownNs) {
        this.recording = recording;
        this.nanos = nanos;
        this.sinceNanos = nanos - shownNs;
        this.openedNanos = lastOpeningNanos();
        this.batches = recording.lanes()
                .stream()
                .filter(lane -> lane.threadName().equals(SERVICE))
                .findFirst()
                .map(lane -> lane.track(Level.INSTANT));
    }

    /// What a producer does.
    enum Doing {
        RUNS, WAITS_FOR_LOCK, APPENDS, WAITS_FOR_DISK,
        /// It has been answered, and goes on as soon as it gets a processor.
        WAKES_UP
    }

    /// @param requests under way, or answered a short while ago; the oldest first
    record Producer(int number, Doing doing, List<Request> requests) {
    }

    /// Those that have done anything, by number.
    List<Producer> producers() {
        List<Producer> producers = new ArrayList<>();
        for (Lane lane : recording.lanes()) {
            OptionalInt number = lane.group() == LaneGroup.PRODUCERS ? number(lane.threadName()) : OptionalInt.empty();
            if (number.isPresent()) {
                producers.add(new Producer(number.getAsInt(), doing(lane), requests(lane, number.getAsInt())));
            }
        }
        producers.sort(Comparator.comparingInt(Producer::number));
        return producers;
    }

    private static OptionalInt number(String threadName) {
        if (!threadName.startsWith(PRODUCER)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(threadName, PRODUCER.length(), threadName.length(), 10));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private Doing doing(Lane lane) {
        TraceKind kind = lane.open(Level.PART)
                .filter(open -> isOfThisLife(open.startNanos()))
                .map(Lane.Open::kind)
                .orElseGet(() -> closed(lane.track(Level.PART)));
        return switch (kind) {
            case LOCK_WAIT -> Doing.WAITS_FOR_LOCK;
            case LOCK_HELD -> Doing.APPENDS;
            case FLUSH_WAIT -> Doing.WAITS_FOR_DISK;
            default -> Doing.RUNS;
        };
    }

    /// Of the span that was under way then and is over now.
    private TraceKind closed(Track track) {
        long number = track.firstEndingFrom(nanos + 1);
        return number < track.end() && track.startNanos(number) <= nanos ? track.kind(number) : TraceKind.PUT;
    }

    private List<Request> requests(Lane lane, int producer) {
        List<Request> requests = new ArrayList<>();
        lane.open(Level.PART)
                .filter(open -> open.kind() == TraceKind.FLUSH_WAIT && isOfThisLife(open.startNanos()))
                .ifPresent(open -> requests.add(request(producer, open.startNanos(), open.a(), open.b())));
        Track track = lane.track(Level.PART);
        for (long i = track.firstStartingFrom(nanos + 1) - 1;
                i >= track.first()
                        && requests.size() < MOST_OF_A_PRODUCER
                        && isOfThisLife(track.startNanos(i));
                i--) {
            if (track.kind(i) == TraceKind.FLUSH_WAIT) {
                Request request = request(producer, track.startNanos(i), track.a(i), track.b(i));
                if (request.answeredNanos() <= sinceNanos) {
                    break;
                }
                requests.add(request);
            }
        }
        return requests.reversed();
    }

    private boolean isOfThisLife(long startNanos) {
        return startNanos <= nanos && startNanos >= openedNanos;
    }

    private Request request(int producer, long requestedNanos, long offset, long listed) {
        int place = (int) Math.max(0, listed - 1);
        if (batches.isEmpty()) {
            return new Request(offset, producer, place, requestedNanos, Request.NOT_YET, Request.NOT_YET, true);
        }
        Track track = batches.get();
        long swappedNanos = Request.NOT_YET;
        for (long i = track.firstStartingFrom(requestedNanos); i < track.end() && track.startNanos(i) <= nanos; i++) {
            if (swappedNanos == Request.NOT_YET && track.kind(i) == TraceKind.LISTS_SWAPPED
                    && isIn(listed, requestedNanos, track.a(i), track.startNanos(i))) {
                swappedNanos = track.startNanos(i);
            } else if (swappedNanos != Request.NOT_YET && track.kind(i) == TraceKind.BATCH_ACKNOWLEDGED) {
                return new Request(offset, producer, place, requestedNanos, swappedNanos, track.startNanos(i),
                        track.b(i) >= offset);
            }
        }
        return new Request(offset, producer, place, requestedNanos, swappedNanos, Request.NOT_YET, true);
    }

    /// Of two things at the same nanosecond the batch says which came first: a request that makes its list one of one, while
    /// more were taken, came after them.
    private static boolean isIn(long listed, long requestedNanos, long batch, long swappedNanos) {
        return listed <= batch && (swappedNanos > requestedNanos || listed > 1 || batch == 1);
    }

    /// Requests of a store that died are never answered: those that came before the last recovery are not looked at.
    private long lastOpeningNanos() {
        long last = Long.MIN_VALUE;
        for (Lane lane : recording.lanes()) {
            if (lane.group() == LaneGroup.OTHERS) {
                Track track = lane.track(Level.WORK);
                long number = track.firstStartingFrom(nanos + 1) - 1;
                if (number >= track.first() && track.kind(number) == TraceKind.RECOVERY) {
                    last = Math.max(last, track.endNanos(number));
                }
            }
        }
        return last;
    }
}
