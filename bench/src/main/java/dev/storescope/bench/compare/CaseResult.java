package dev.storescope.bench.compare;

import dev.storescope.bench.drive.Figure;
import dev.storescope.bench.drive.Figures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the rounds of a case gave.
///
/// @param segments where its log files came from
record CaseResult(CompareCase of, CompareCase.Segments segments, List<Pair> pairs) {
    /// Two rounds, one after the other.
    record Pair(Figures first, Figures second) {
        Stream<Double> ratio(Figure figure) {
            return first.get(figure).isPresent() && second.get(figure).isPresent()
                    && second.get(figure).getAsDouble() != 0
                            ? Stream.of(first.get(figure).getAsDouble() / second.get(figure).getAsDouble())
                            : Stream.empty();
        }
    }

    Optional<Spread> first(Figure figure) {
        return spread(pairs.stream().flatMap(pair -> pair.first.get(figure).stream().boxed()));
    }

    Optional<Spread> second(Figure figure) {
        return spread(pairs.stream().flatMap(pair -> pair.second.get(figure).stream().boxed()));
    }

    /// First over second, pair by pair.
    Optional<Spread> ratio(Figure figure) {
        return spread(pairs.stream().flatMap(pair -> pair.ratio(figure)));
    }

    private static Optional<Spread> spread(Stream<Double> values) {
        List<Double> all = values.toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(Spread.of(all));
    }
}
