package dev.storescope.engine.load;

/// Which messages of the bursts asked for one producer sends: of the puts of each burst, every `producers`th.
final class BurstShare {
    private final int producer;
    private final int producers;
    private final int batchSize;
    private int burst;
    private long put;
    private long askedNanos;
    private int takenMessages;

    BurstShare(int producer, int producers, int batchSize) {
        this.producer = producer;
        this.producers = producers;
        this.batchSize = batchSize;
        put = producer;
    }

    /// Takes the next put, if there is one left.
    boolean take(LoadRun.Burst[] bursts) {
        while (burst < bursts.length) {
            long before = put * batchSize;
            if (before < bursts[burst].messages()) {
                askedNanos = bursts[burst].askedNanos();
                takenMessages = (int) Math.min(batchSize, bursts[burst].messages() - before);
                put += producers;
                return true;
            }
            burst++;
            put = producer;
        }
        return false;
    }

    /// When the burst of the put that was taken was asked for.
    long askedNanos() {
        return askedNanos;
    }

    int takenMessages() {
        return takenMessages;
    }

    /// Takes all that is left.
    long messagesLeft(LoadRun.Burst[] bursts) {
        long left = 0;
        while (take(bursts)) {
            left += takenMessages;
        }
        return left;
    }
}
