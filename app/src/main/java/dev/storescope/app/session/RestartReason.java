package dev.storescope.app.session;

import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.sim.Crash;
import java.util.Map;
import java.util.stream.Collectors;

/// Why a store is started again on the same files.
public sealed interface RestartReason {
    /// Settings that only a start takes up.
    ///
    /// @param words names and values, such as `flushDiskType = SYNC_FLUSH`
    record Changed(String words) implements RestartReason {
        static Changed of(Map<StoreSetting, Object> changes) {
            return new Changed(changes.entrySet()
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(change -> change.getKey().rocketMqName() + " = " + change.getValue())
                    .collect(Collectors.joining(", ")));
        }
    }

    /// Changed settings did not work; the ones from before come into force again.
    record Undone() implements RestartReason {
    }

    /// It was killed.
    record Killed() implements RestartReason {
    }

    /// It died with its process or with the power, in a world that stands still then: it is started again only when
    /// somebody asks for it.
    record Crashed(Crash.Kind kind) implements RestartReason {
    }

    /// Its queues and its index were deleted.
    record Rebuilding() implements RestartReason {
    }
}
