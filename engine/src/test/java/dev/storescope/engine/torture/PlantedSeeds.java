package dev.storescope.engine.torture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Plays seeds until one fails, in whatever class loader it was loaded with; it speaks in types of the JDK only.
public final class PlantedSeeds implements Function<Long, List<String>> {
    /// @param seeds how many at most
    /// @return which seed failed, and why; empty when none did
    @Override
    public List<String> apply(Long seeds) {
        AtomicBoolean found = new AtomicBoolean();
        TortureCampaign.Summary summary = Campaigns.play(new TortureCampaign(1, seeds, Optional.empty()), found::get,
                failure -> found.set(true));
        return summary.failures()
                .stream()
                .flatMap(it -> it.violations().stream().map(why -> "seed %d: %s".formatted(it.torture().seed(), why)))
                .toList();
    }
}
