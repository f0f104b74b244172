package dev.storescope.engine.sim;

import dev.storescope.engine.AbstractPluginMessageStore;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.sim.world.SimulatedEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A store whose puts are written down in a [Ledger], before and after.
///
/// Threads: those of its world.
final class WatchedStore extends AbstractPluginMessageStore {
    private final SimulatedEnvironment world;
    private final Ledger ledger;

    WatchedStore(MessageStore next, SimulatedEnvironment world, Ledger ledger) {
        super(next);
        this.world = world;
        this.ledger = ledger;
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        Ledger.Put put = begin(List.of(message));
        PutMessageResult result = next().putMessage(message);
        ended(put, result);
        return result;
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        Ledger.Put put = begin(batch.messages());
        PutMessageResult result = next().putMessages(batch);
        ended(put, result);
        return result;
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        Ledger.Put put = begin(List.of(message));
        return next().asyncPutMessage(message).whenComplete((result, failure) -> ended(put, result));
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        Ledger.Put put = begin(batch.messages());
        return next().asyncPutMessages(batch).whenComplete((result, failure) -> ended(put, result));
    }

    private Ledger.Put begin(List<MessageExtBrokerInner> messages) {
        Ledger.Put put = ledger.begin(world.currentThread(), world.steps(), world.nanoTime(), messages);
        if (config().flushDiskType() == FlushDiskType.SYNC_FLUSH && messages.getFirst().waitStoreMsgOk()) {
            ledger.promisesForce(put);
        }
        return put;
    }

    /// What an ended world still answers, nobody hears.
    private void ended(Ledger.Put put, PutMessageResult result) {
        if (!world.hasEnded()) {
            ledger.answered(put, world.steps(), result);
        }
    }
}
