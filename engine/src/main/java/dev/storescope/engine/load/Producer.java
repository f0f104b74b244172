package dev.storescope.engine.load;

import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.Wakeup;
import java.util.ArrayList;
import java.util.List;

/// One producer: waits for its moment, puts, counts.
///
/// Of the messages of all `n` producers, number 0, 1, 2 … of the pacing, it sends every `n`th, so that what it sends does
/// not depend on what the others do. Where a put is a batch, the same is said of puts.
///
/// Threads: runs on one of its own; [#wakeup()] by any.
final class Producer implements Runnable {
    /// Sent later than this after its moment, a message counts as late: more than a timer is off by.
    private static final long LATE_AFTER_NS = 1_000_000;
    /// A refused producer holds back before it asks again, as a client does.
    private static final long PAUSE_AFTER_REFUSAL_NS = 10_000_000;

    private final LoadRun run;
    private final StoreEnvironment environment;
    private final LoadSpec spec;
    private final int producer;
    private final PutMoments moments;
    private final Tally tally;
    private final MessageSource source;
    private final LatencyRecorder latency;
    private final AckListener listener;
    private final Wakeup wakeup;
    private final List<MessageExtBrokerInner> messages = new ArrayList<>();
    private final BurstShare burstShare;
    private long messagesLeft;
    /// Number of the next put among those of all producers.
    private long nextPut;
    /// The moment of the put that is sent next, by the environment's clock.
    private long intendedNanos;
    private int putMessages;

    /// @param messagesLeft how many it may send
    Producer(LoadRun run, int producer, long messagesLeft, Tally tally, MessageSource source, LatencyRecorder latency,
            AckListener listener) {
        this.run = run;
        this.producer = producer;
        this.messagesLeft = messagesLeft;
        this.tally = tally;
        this.source = source;
        this.latency = latency;
        this.listener = listener;
        environment = run.environment();
        spec = run.spec();
        moments = run.moments(producer);
        nextPut = producer;
        wakeup = environment.newWakeup(name());
        burstShare = new BurstShare(producer, spec.producers(), spec.batchSize());
        for (int i = 0; i < spec.batchSize(); i++) {
            messages.add(MessageSource.newMessage(spec));
        }
    }

    String name() {
        return "producer-" + producer;
    }

    void wakeup() {
        wakeup.signal();
    }

    @Override
    public void run() {
        try {
            fill();
            while (messagesLeft > 0 && awaitTurn()) {
                put();
                fill();
            }
            if (messagesLeft > 0) {
                countNeverSent();
            }
        } catch (RuntimeException | VirtualMachineError e) {
            // One that is out of memory, too: else the load would look as if all had been sent.
            run.failed(name(), e);
        } finally {
            run.ended();
        }
    }

    /// Makes the next messages before their moment, so that making them is no part of their latency.
    private void fill() {
        long head = tally.sequence();
        for (int i = 0; i < messages.size(); i++) {
            source.fill(messages.get(i), head + i, head);
        }
    }

    /// Waits for the moment of the next put.
    ///
    /// @return false when there is none, since the load ends
    private boolean awaitTurn() {
        while (!run.isEnding()) {
            long now = environment.nanoTime();
            long leftNs = run.deadlineNanos() - now;
            if (leftNs <= 0) {
                run.end(new LoadEnd.TimeOver(spec.limits().durationNs()));
            } else if (burstShare.take(run.bursts())) {
                return turn(burstShare.askedNanos(), burstShare.takenMessages(), now);
            } else if (spec.pacing() instanceof Pacing.ClosedLoop) {
                return turn(now, messages.size(), now);
            } else {
                long waitNs = untilNextPut(now);
                if (waitNs <= 0 && -waitNs > spec.maxLatenessNs()) {
                    skipTooLate(now);
                } else if (waitNs <= 0) {
                    nextPut += spec.producers();
                    return turn(now + waitNs, messages.size(), now);
                } else {
                    wakeup.await(Math.min(waitNs, leftNs));
                }
            }
        }
        return false;
    }

    private boolean turn(long intendedNanos, int putMessages, long now) {
        this.intendedNanos = intendedNanos;
        this.putMessages = (int) Math.min(putMessages, messagesLeft);
        if (now - intendedNanos > LATE_AFTER_NS) {
            tally.late(this.putMessages);
        }
        long bornTimestamp = run.startMillis() + (now - run.startNanos()) / 1_000_000;
        for (int i = 0; i < this.putMessages; i++) {
            messages.get(i).bornTimestamp(bornTimestamp);
        }
        return true;
    }

    private long untilNextPut(long now) {
        long time = moments.timeOf(nextPut);
        return time == Schedule.NEVER ? Schedule.NEVER : time - (now - run.startNanos());
    }

    private void skipTooLate(long now) {
        long firstKept = moments.dueBy(now - spec.maxLatenessNs() - 1 - run.startNanos());
        miss(Math.max(1, putsToReach(firstKept)));
    }

    /// At the end: puts whose moment came before it and that will not be sent any more.
    private void countNeverSent() {
        long now = environment.nanoTime();
        long end = run.deadlineNanos() - now <= 0 ? run.deadlineNanos() - 1 : now;
        miss(putsToReach(moments.dueBy(end - run.startNanos())));
        tally.missed(burstShare.messagesLeft(run.bursts()));
    }

    private void miss(long puts) {
        nextPut += puts * spec.producers();
        tally.missed(Math.min(puts * spec.batchSize(), messagesLeft));
    }

    /// How many puts of this producer come before put number `end` of all producers.
    private long putsToReach(long end) {
        return Math.max(0, Math.ceilDiv(end - nextPut, spec.producers()));
    }

    private void put() {
        PutMessageResult result = spec.batchSize() == 1
                ? run.store().putMessage(messages.getFirst())
                : run.store().putMessages(new MessageExtBatch(messages.subList(0, putMessages)));
        AppendMessageResult append = result.append();
        if (result.isStored()) {
            // How fast a put was refused says nothing about how fast the store is.
            latency.record(producer, environment.nanoTime() - intendedNanos);
            tally.stored(bodyBytes(), append.wroteBytes());
        }
        tally.put(result.status(), putMessages);
        tally.advance(putMessages);
        messagesLeft -= putMessages;
        if (result.isOk() && listener != AckListener.NONE) {
            tellEach(append);
        }
        if (result.isStored()) {
            run.stored(append.nextOffset());
        } else {
            run.refused(result.status());
            wakeup.await(PAUSE_AFTER_REFUSAL_NS);
        }
    }

    private long bodyBytes() {
        long bytes = 0;
        for (int i = 0; i < putMessages; i++) {
            bytes += messages.get(i).bodySizeBytes();
        }
        return bytes;
    }

    private void tellEach(AppendMessageResult append) {
        if (spec.batchSize() == 1) {
            listener.onAcknowledged(messages.getFirst(), append);
            return;
        }
        long[] offsets = append.batchOffsets();
        for (int i = 0; i < putMessages; i++) {
            long end = i + 1 < putMessages ? offsets[i + 1] : append.nextOffset();
            listener.onAcknowledged(messages.get(i), AppendMessageResult.single(offsets[i], (int) (end - offsets[i]),
                    append.queueOffset() + i, append.storeTimestamp(), append.storeHost()));
        }
    }
}
