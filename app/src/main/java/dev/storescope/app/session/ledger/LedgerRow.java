package dev.storescope.app.session.ledger;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.Optional;
import java.util.OptionalLong;

/// One message, and what became of it.
///
/// @param queueOffset nothing when the ledger does not know it
/// @param offset where its record stood, or stands; nothing when it was never appended
/// @param sizeBytes of the record; nothing while that is not known
/// @param when it was put
/// @param answer what its producer was told; nothing when it was told nothing, or the ledger does not know
public record LedgerRow(String topic, int queueId, OptionalLong queueOffset, String keys, OptionalLong offset,
        OptionalLong sizeBytes, When when, Optional<PutMessageStatus> answer, Fate fate, Cause cause) {

    /// A moment, by the clock that its world has.
    public sealed interface When {
        /// @param epochMillis store time, since 1970
        record Date(long epochMillis) implements When {
        }

        /// @param nanos since the world's beginning
        record OfWorld(long nanos) implements When {
        }
    }

    /// Whether its record is in the log.
    public boolean isThere() {
        return switch (fate) {
            case ACKNOWLEDGED_KEPT, UNACKNOWLEDGED_KEPT, OPEN -> offset.isPresent() && sizeBytes.isPresent();
            case ACKNOWLEDGED_LOST, UNACKNOWLEDGED_GONE, EXPIRED -> false;
        };
    }
}
