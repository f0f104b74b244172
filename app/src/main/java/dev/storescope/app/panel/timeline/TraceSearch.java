package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// What is looked for: an offset of the log, or all words in the name of the kind or of the thread.
///
/// @param offset what has to do with it
/// @param kinds that are meant; empty for all but the waiting of services
/// @param threads part of a thread's name, in small letters; "" when the words are a kind
record TraceSearch(OptionalLong offset, Set<TraceKind> kinds, String threads) {
    /// Everything but the waiting of services.
    static final TraceSearch ANYTHING = new TraceSearch(OptionalLong.empty(),
            EnumSet.complementOf(EnumSet.of(TraceKind.SERVICE_WAITING)), "");

    /// More of the same kind.
    static TraceSearch like(Hit hit) {
        return new TraceSearch(OptionalLong.empty(), EnumSet.of(hit.kind()), "");
    }

    /// @param names of kinds in the language of the screen
    static TraceSearch of(String typed, Function<TraceKind, String> names) {
        String words = typed.strip().toLowerCase(Locale.ROOT);
        if (words.isEmpty()) {
            return ANYTHING;
        }
        String digits = words.replaceAll("[\\s\u00a0_,]", "");
        if (digits.matches("\\d{1,18}")) {
            return new TraceSearch(OptionalLong.of(Long.parseLong(digits)), Set.of(), "");
        }
        Set<TraceKind> kinds = kindsNamed(words, names, true);
        if (kinds.isEmpty()) {
            kinds = kindsNamed(words, names, false);
        }
        return new TraceSearch(OptionalLong.empty(), kinds, kinds.isEmpty() ? words : "");
    }

    private static Set<TraceKind> kindsNamed(String words, Function<TraceKind, String> names, boolean wholly) {
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        for (TraceKind kind : TraceKind.values()) {
            List<String> its = List.of(kind.words(), kind.name().toLowerCase(Locale.ROOT),
                    names.apply(kind).toLowerCase(Locale.ROOT));
            if (its.stream().anyMatch(name -> wholly ? name.equals(words) : name.contains(words))) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private boolean matches(Lane lane) {
        return threads.isEmpty() || lane.threadName().toLowerCase(Locale.ROOT).contains(threads);
    }

    private boolean matches(Track track, long number) {
        TraceKind kind = track.kind(number);
        if (offset.isPresent()) {
            return kind.tellsOffset() && covers(kind, track.a(number), track.b(number), offset.getAsLong());
        }
        return kinds.isEmpty() ? kind != TraceKind.SERVICE_WAITING : kinds.contains(kind);
    }

    private static boolean covers(TraceKind kind, long from, long bytes, long wanted) {
        return kind.tellsBytes() ? wanted >= from && wanted < from + Math.max(1, bytes) : wanted == from;
    }

    /// The first that begins after another place.
    Optional<Hit> next(List<Lane> lanes, Place after) {
        Optional<Hit> best = Optional.empty();
        Place bestPlace = new Place(Long.MAX_VALUE, Integer.MAX_VALUE, 0);
        for (int i = 0; i < lanes.size(); i++) {
            for (Level level : levels(lanes.get(i))) {
                Track track = lanes.get(i).track(level);
                long number = track.firstStartingFrom(after.nanoTime);
                while (number < track.end() && track.startNanos(number) <= bestPlace.nanoTime) {
                    var place = new Place(track.startNanos(number), i, level.ordinal());
                    if (place.isAfter(after) && bestPlace.isAfter(place) && matches(track, number)) {
                        best = Optional.of(Hit.of(lanes.get(i), track, number));
                        bestPlace = place;
                        break;
                    }
                    number++;
                }
            }
        }
        return best;
    }

    /// The last that begins before another place.
    Optional<Hit> previous(List<Lane> lanes, Place before) {
        Optional<Hit> best = Optional.empty();
        Place bestPlace = new Place(Long.MIN_VALUE, -1, 0);
        for (int i = 0; i < lanes.size(); i++) {
            for (Level level : levels(lanes.get(i))) {
                Track track = lanes.get(i).track(level);
                long number = track.firstStartingFrom(before.nanoTime + 1) - 1;
                while (number >= track.first() && track.startNanos(number) >= bestPlace.nanoTime) {
                    var place = new Place(track.startNanos(number), i, level.ordinal());
                    if (before.isAfter(place) && place.isAfter(bestPlace) && matches(track, number)) {
                        best = Optional.of(Hit.of(lanes.get(i), track, number));
                        bestPlace = place;
                        break;
                    }
                    number--;
                }
            }
        }
        return best;
    }

    private List<Level> levels(Lane lane) {
        return matches(lane) ? List.of(Level.values()) : List.of();
    }

    /// Where one is: of what begins at the same time, lanes come in their order, and what is outside before what is
    /// within.
    record Place(long nanoTime, int lane, int level) {
        /// Before everything that begins at a time.
        static Place before(long nanoTime) {
            return new Place(nanoTime, -1, 0);
        }

        /// Behind everything that begins at a time.
        static Place after(long nanoTime) {
            return new Place(nanoTime, Integer.MAX_VALUE, 0);
        }

        static Place of(Hit hit, List<Lane> lanes) {
            int lane = 0;
            while (lane < lanes.size() && !lanes.get(lane).threadName().equals(hit.lane().threadName())) {
                lane++;
            }
            return new Place(hit.startNanos(), lane, hit.kind().level().ordinal());
        }

        boolean isAfter(Place other) {
            if (nanoTime != other.nanoTime) {
                return nanoTime > other.nanoTime;
            }
            return lane != other.lane ? lane > other.lane : level > other.level;
        }
    }
}
