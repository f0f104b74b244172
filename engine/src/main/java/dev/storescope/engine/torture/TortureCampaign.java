package dev.storescope.engine.torture;

import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Many seeds, shared by as many threads as call [#play]. Which thread takes which seed changes nothing of what a seed does.
public final class TortureCampaign {
    private final long firstSeed;
    private final long seeds;
    private final Optional<TortureMode> mode;
    private final AtomicLong next;
    private final AtomicLong done = new AtomicLong();

    /// @param mode nothing for all, each seed its own
    public TortureCampaign(long firstSeed, long seeds, Optional<TortureMode> mode) {
        this.firstSeed = firstSeed;
        this.seeds = seeds;
        this.mode = mode;
        this.next = new AtomicLong(firstSeed);
    }

    /// What came of some seeds.
    ///
    /// @param seeds that were played
    /// @param steps scheduling points of all
    /// @param crashes kills and power cuts of all
    /// @param fates of the messages of all
    /// @param failures seeds that broke a promise, by seed
    public record Summary(long seeds, long steps, long crashes, Map<Fate, Long> fates, List<TortureResult> failures) {
        public static final Summary NOTHING = new Summary(0, 0, 0, Map.of(), List.of());

        public Summary {
            fates = Map.copyOf(fates);
            failures = List.copyOf(failures);
        }

        /// This and another one together.
        public Summary with(Summary other) {
            Map<Fate, Long> allFates = new EnumMap<>(Fate.class);
            allFates.putAll(fates);
            other.fates.forEach((fate, count) -> allFates.merge(fate, count, Long::sum));
            List<TortureResult> allFailures = new ArrayList<>(failures);
            allFailures.addAll(other.failures);
            allFailures.sort(Comparator.comparingLong(it -> it.torture().seed()));
            return new Summary(seeds + other.seeds, steps + other.steps, crashes + other.crashes, allFates,
                    allFailures);
        }

        private Summary with(TortureResult result) {
            return with(new Summary(1, result.steps(), result.crashes(), result.fates(),
                    result.isSound() ? List.of() : List.of(result)));
        }
    }

    /// Seeds that are played so far, by all threads.
    public long done() {
        return done.get();
    }

    /// Plays seeds that no other thread has taken, until none is left.
    ///
    /// @param enough asked before each seed; no further one is begun when it says so
    /// @param onFailure told at once
    /// @return what came of those that this thread played
    public Summary play(BooleanSupplier enough, Consumer<TortureResult> onFailure) {
        Summary summary = Summary.NOTHING;
        while (!enough.getAsBoolean()) {
            long seed = next.getAndIncrement();
            if (seed - firstSeed >= seeds) {
                break;
            }
            TortureResult result = TortureRun.of(mode.map(it -> TortureCase.of(seed, it))
                    .orElseGet(() -> TortureCase.of(seed)));
            summary = summary.with(result);
            done.incrementAndGet();
            if (!result.isSound()) {
                onFailure.accept(result);
            }
        }
        return summary;
    }
}
