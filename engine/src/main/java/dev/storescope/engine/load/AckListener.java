package dev.storescope.engine.load;

import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExtBrokerInner;

/// Told of each message that the store acknowledged with `PUT_OK`.
///
/// Threads: called by the producer that put the message, after the acknowledgement and before its next put; by several
/// producers at a time. What it throws ends the load.
@FunctionalInterface
public interface AckListener {
    /// Listens to nothing.
    AckListener NONE = (message, append) -> {
    };

    /// @param message valid during the call only: the producer fills it anew for its next put
    /// @param append where this one message stands, also when it was put in a batch
    void onAcknowledged(MessageExtBrokerInner message, AppendMessageResult append);
}
