package dev.storescope.app.session;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.load.LoadSnapshot;
import java.util.EnumMap;
import java.util.Map;

/// Counts of one load that went on after its store was started again: to the user it is one load.
final class LoadTotal {
    private LoadTotal() {
    }

    /// What both did together, and how the later one stands. Its time is that for which it ran, without the gap between.
    static LoadSnapshot of(LoadSnapshot earlier, LoadSnapshot later) {
        Map<PutMessageStatus, Long> byStatus = new EnumMap<>(PutMessageStatus.class);
        byStatus.putAll(earlier.sentByStatus());
        later.sentByStatus().forEach((status, messages) -> byStatus.merge(status, messages, Long::sum));
        return new LoadSnapshot(later.state(), later.spec(), earlier.elapsedNs() + later.elapsedNs(),
                later.activeProducers(), earlier.due() + later.due(), earlier.sent() + later.sent(), byStatus,
                earlier.missed() + later.missed(), earlier.late() + later.late(), earlier.puts() + later.puts(),
                earlier.bodyBytes() + later.bodyBytes(), earlier.recordBytes() + later.recordBytes(),
                later.intendedPerSecond(), later.end());
    }
}
