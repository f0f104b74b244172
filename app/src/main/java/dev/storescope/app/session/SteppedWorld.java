package dev.storescope.app.session;

import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.sim.CostModel;
import dev.storescope.engine.sim.SteppedEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A world that stands still until it is told to go on: the same commands give the same picture on every machine.
/// Stores live in memory and are gone with it.
public final class SteppedWorld implements StoreWorld {
    private final SteppedEnvironment environment;
    private final Map<Path, Long> segmentSizes = new ConcurrentHashMap<>();

    public SteppedWorld(CostModel costs) {
        environment = new SteppedEnvironment(costs);
    }

    public SteppedEnvironment environment() {
        return environment;
    }

    @Override
    public StoreInWorld make(MessageStoreConfig config) {
        segmentSizes.put(config.storePathRootDir(), config.mappedFileSizeCommitLog());
        return new StoreInWorld(MessageStoreFactory.create(config, environment), environment,
                environment.probeReader());
    }

    @Override
    public long nanoTime() {
        return environment.nanoTime();
    }

    @Override
    public StoreDirectory look(Path directory) {
        Optional<Long> segmentSize = Optional.ofNullable(segmentSizes.get(directory));
        return new StoreDirectory(directory,
                segmentSize.isPresent() ? StoreDirectory.Kind.STORE : StoreDirectory.Kind.MISSING, segmentSize,
                LogExtent.NONE, "", List.of());
    }

    /// Nothing of this world lies on a disk.
    @Override
    public void makeDirectory(StoreDirectory free) {
    }
}
