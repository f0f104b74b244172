package dev.storescope.bench.compare;

import dev.storescope.bench.compare.CaseResult.Pair;
import dev.storescope.bench.compare.CompareCase.Segments;
import dev.storescope.bench.drive.DriveProgram;
import dev.storescope.bench.drive.DriveProgram.Order;
import dev.storescope.bench.drive.Engine;
import dev.storescope.bench.drive.Figure;
import dev.storescope.bench.drive.Figures;
import dev.storescope.bench.drive.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs a case: a warm-up of both engines, then pairs of rounds in turn, so that what the machine does meanwhile falls on
/// both.
final class CaseRunner {
    /// For each pair of other cases: a probe costs a hundredth, rounds differ by some hundredths.
    private static final int SWITCHED_ROUNDS = 4;

    private final Path data;
    private final Options options;
    private final Consumer<String> progress;

    CaseRunner(Path data, Options options, Consumer<String> progress) {
        this.data = data;
        this.options = options;
        this.progress = progress;
    }

    /// @param pairs after the warm-up
    /// @param seconds of a round in which messages are put or read
    record Options(int pairs, double seconds, List<String> jvmFlags) {
    }

    CaseResult run(CompareCase what, Segments segments) throws IOException {
        Load load = what.load(data.resolve("warm"), options.seconds, segments);
        load.warm().prepare();
        Sides sides = new Sides(new Side(what.first(), load), new Side(what.second(), load));
        List<Pair> pairs = switch (what.kind()) {
            case PUT -> together(sides, Order.PUT);
            case PROBE -> switched(sides.first);
            case READ -> {
                sides.forEach(side -> side.once(Order.FILL));
                yield together(sides, Order.READ);
            }
            case REBUILD -> {
                sides.forEach(side -> side.once(Order.FILL));
                yield oneByOne(sides, side -> {
                    DriveProgram.deleteAll(side.directory().resolve("consumequeue"));
                    DriveProgram.deleteAll(side.directory().resolve("index"));
                    return side.once(Order.OPEN_AND_STOP);
                });
            }
            case RECOVERY -> {
                sides.forEach(side -> side.once(Order.FILL_AND_DIE));
                yield oneByOne(sides, side -> side.once(Order.OPEN_AND_DIE));
            }
        };
        sides.forEach(side -> {
            DriveProgram.deleteAll(side.directory());
            return new Figures();
        });
        return new CaseResult(what, segments, pairs);
    }

    /// Both processes live through all rounds of the case: the compiler has done its work before what counts.
    private List<Pair> together(Sides sides, Order order) throws IOException {
        try (Driver first = sides.first.start(); Driver second = sides.second.start()) {
            return pairs(() -> first.order(order, sides.first.directory()),
                    () -> second.order(order, sides.second.directory()));
        }
    }

    /// Both halves of a pair are of one round, so that there are more rounds than in other cases.
    private List<Pair> switched(Side side) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        try (Driver driver = side.start()) {
            driver.order(Order.PUT, side.directory());
            for (int i = 0; i < SWITCHED_ROUNDS * options.pairs; i++) {
                Figures figures = driver.order(Order.PUT, side.directory());
                progress.accept("  round %d: %s".formatted(i + 1, figures.text()));
                pairs.add(new Pair(figures, new Figures().set(Figure.PUT_RATE,
                        figures.get(Figure.PUT_RATE_UNPROBED).orElseThrow())));
            }
        }
        return pairs;
    }

    /// Each round has a process of its own, as each opening of a store has.
    private List<Pair> oneByOne(Sides sides, Round<Side> round) throws IOException {
        return pairs(() -> round.run(sides.first), () -> round.run(sides.second));
    }

    private List<Pair> pairs(Turn first, Turn second) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        first.run();
        second.run();
        for (int i = 0; i < options.pairs; i++) {
            Pair pair = new Pair(first.run(), second.run());
            progress.accept("  pair %d: %s%n          %s".formatted(i + 1, pair.first().text(), pair.second().text()));
            pairs.add(pair);
        }
        return pairs;
    }

    /// What one engine does in its turn.
    private interface Turn {
        Figures run() throws IOException;
    }

    private interface Round<T> {
        Figures run(T side) throws IOException;
    }

    private record Sides(Side first, Side second) {
        private void forEach(Round<Side> round) throws IOException {
            round.run(first);
            round.run(second);
        }
    }

    private final class Side {
        private final Engine engine;
        private final Load load;

        private Side(Engine engine, Load load) {
            this.engine = engine;
            this.load = load;
        }

        private Path directory() {
            return data.resolve(engine.name().toLowerCase(java.util.Locale.ROOT));
        }

        private Driver start() throws IOException {
            return new Driver(engine, load, data, options.jvmFlags);
        }

        private Figures once(Order order) throws IOException {
            try (Driver driver = start()) {
                return driver.order(order, directory());
            }
        }
    }
}
