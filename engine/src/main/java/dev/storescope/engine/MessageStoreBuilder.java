package dev.storescope.engine;

import dev.storescope.engine.DispatchPipeline.Extensions;
import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a store with what its user adds to it:
///
///     MessageStore store = MessageStoreFactory.builder(config)
///             .messageArrivingListener(arrival -> pullRequests.wake(arrival.topic(), arrival.queueId()))
///             .dispatcher(request -> filterBitmaps.add(request))
///             .build();
///
/// Threads: one.
public final class MessageStoreBuilder {
    private final MessageStoreConfig config;
    private final List<CommitLogDispatcher> dispatchers = new ArrayList<>();
    private Optional<StoreEnvironment> environment = Optional.empty();
    private Optional<MessageArrivingListener> listener = Optional.empty();

    MessageStoreBuilder(MessageStoreConfig config) {
        this.config = config;
    }

    /// The world that the store lives in: clock, threads, disk. [LiveEnvironment] without a probe unless said otherwise.
    public MessageStoreBuilder environment(StoreEnvironment world) {
        environment = Optional.of(world);
        return this;
    }

    /// Is told of each message that has become readable in its queue. One; a second one is refused.
    public MessageStoreBuilder messageArrivingListener(MessageArrivingListener told) {
        if (listener.isPresent()) {
            throw new IllegalStateException("expected one messageArrivingListener, found a second one");
        }
        listener = Optional.of(told);
        return this;
    }

    /// One more that gets each record, behind queues and index and those that were named before. It gets what is put from
    /// the start on; what the log had before is not told again, and [MessageLookups#getCommitLogData] reads it. When
    /// it throws, the dispatch stands there and tries again, and all of them get that record once more.
    public MessageStoreBuilder dispatcher(CommitLogDispatcher dispatcher) {
        dispatchers.add(dispatcher);
        return this;
    }

    /// A store that is not loaded yet, in the plug-ins that the settings name. Throws [StoreException] that names a plug-in
    /// which cannot be made.
    public MessageStore build() {
        Extensions extensions = new Extensions(List.copyOf(dispatchers), listener.orElse(MessageArrivingListener.NONE));
        return MessageStoreFactory.wrap(new DefaultMessageStore(config,
                environment.orElseGet(LiveEnvironment::withoutProbe), extensions), config);
    }
}
