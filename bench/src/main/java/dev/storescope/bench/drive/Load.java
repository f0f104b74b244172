package dev.storescope.bench.drive;

import java.nio.file.Path;
import java.util.List;

/// What a driver process does in each of its rounds, also as arguments of that process.
///
/// @param producers who puts
/// @param bodyBytes of each message
/// @param seconds after which no more is put
/// @param mostBytes of log after which no more is put
/// @param segmentBytes length of a file of the log
/// @param settleMs before a process that has filled a store dies; above 0, what the queues have is brought to disk each
///     second in place of each minute
/// @param warm files of that length that stand in the page cache, made before
public record Load(StoreSetup.Mode mode, Producers producers, int bodyBytes, double seconds, long mostBytes,
        long segmentBytes, int settleMs, WarmFiles warm) {
    private static final int ARGUMENTS = 10;

    /// Who puts, each as fast as it is answered.
    ///
    /// @param count threads; for a window, puts that one thread has under way
    public record Producers(Kind kind, int count) {
        /// How puts are kept under way.
        public enum Kind {
            THREADS, VIRTUAL_THREADS, WINDOW
        }
    }

    public List<String> arguments() {
        return List.of(mode.name(), producers.kind().name(), Integer.toString(producers.count()),
                Integer.toString(bodyBytes), Double.toString(seconds), Long.toString(mostBytes),
                Long.toString(segmentBytes), warm.directory().toString(), Integer.toString(warm.count()),
                Integer.toString(settleMs));
    }

    static Load parse(List<String> arguments) {
        if (arguments.size() != ARGUMENTS) {
            throw new IllegalArgumentException("expected %d arguments, found %s".formatted(ARGUMENTS, arguments));
        }
        long segmentBytes = Long.parseLong(arguments.get(6));
        return new Load(StoreSetup.Mode.valueOf(arguments.get(0)),
                new Producers(Producers.Kind.valueOf(arguments.get(1)), Integer.parseInt(arguments.get(2))),
                Integer.parseInt(arguments.get(3)), Double.parseDouble(arguments.get(4)),
                Long.parseLong(arguments.get(5)), segmentBytes, Integer.parseInt(arguments.get(9)),
                new WarmFiles(Path.of(arguments.get(7)), Integer.parseInt(arguments.get(8)), segmentBytes));
    }

    StoreSetup setup(Path directory) {
        return new StoreSetup(directory, mode, segmentBytes, settleMs > 0
                ? StoreSetup.QueueFlush.EACH_SECOND
                : StoreSetup.QueueFlush.DEFAULT, warm);
    }
}
