package dev.storescope.app.transport;

import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.List;
import java.util.stream.LongStream;

/// The speeds that one chooses from, slowest first: 1, 2 and 5 of each order of magnitude, and as fast as it goes.
final class Speeds {
    private static final List<Speed> STOPS = LongStream.of(1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000,
            5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0).mapToObj(Speed::new).toList();

    private Speeds() {
    }

    static int last() {
        return STOPS.size() - 1;
    }

    static Speed at(int stop) {
        return STOPS.get(Math.clamp(stop, 0, last()));
    }

    /// Of a speed that is none of them, the next slower one.
    static int stopOf(Speed speed) {
        if (!speed.isLimited()) {
            return last();
        }
        int stop = last() - 1;
        while (stop > 0 && STOPS.get(stop).slowdown() < speed.slowdown()) {
            stop--;
        }
        return stop;
    }

    /// `1 / 1 000`
    static String words(Speed speed, Texts texts) {
        if (!speed.isLimited()) {
            return texts.get("transport.speed.max");
        }
        return speed.slowdown() == 1
                ? texts.get("transport.speed.real")
                : texts.get("transport.speed.ratio", Formats.count(speed.slowdown()));
    }
}
