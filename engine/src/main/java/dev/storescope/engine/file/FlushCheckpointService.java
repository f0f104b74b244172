package dev.storescope.engine.file;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// Brings the checkpoint to disk when its times have changed, at most once a second. After a crash it tells damage from
/// a torn tail; one that was last forced a week ago could tell nothing.
///
/// Threads: the service's own.
public final class FlushCheckpointService implements Service {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final StoreEnvironment environment;
    private final Supplier<StoreCheckpoint> checkpoint;
    private List<Long> forced = List.of();

    /// @param checkpoint asked for from the first turn on
    public FlushCheckpointService(StoreEnvironment environment, Supplier<StoreCheckpoint> checkpoint) {
        this.environment = environment;
        this.checkpoint = checkpoint;
    }

    @Override
    public String name() {
        return "FlushCheckpointService";
    }

    @Override
    public int doWork() throws IOException {
        List<Long> values = checkpoint.get().values();
        if (values.equals(forced)) {
            return 0;
        }
        checkpoint.get().flush();
        forced = values;
        environment.probe().event(ProbePoint.CHECKPOINT_WRITTEN, checkpoint.get().physicMsgTimestamp());
        return 1;
    }

    @Override
    public long waitNs(int workDone) {
        return INTERVAL_NS;
    }
}
