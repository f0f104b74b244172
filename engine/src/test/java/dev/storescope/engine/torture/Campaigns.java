package dev.storescope.engine.torture;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Campaigns on all processors.
final class Campaigns {
    private Campaigns() {
    }

    static TortureCampaign.Summary play(TortureCampaign campaign, BooleanSupplier enough,
            Consumer<TortureResult> onFailure) {
        List<Integer> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
        return threads.parallelStream()
                .map(thread -> campaign.play(enough, onFailure))
                .reduce(TortureCampaign.Summary.NOTHING, TortureCampaign.Summary::with);
    }
}
