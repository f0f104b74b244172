package dev.storescope.engine.env;

/// Spins for as long as spinning has paid off lately, then queues up and parks.
///
/// The bound follows a moving average of the spins that got the lock, as glibc's adaptive mutex does: a lock that is
/// held for long is soon parked for at once, one that is held shortly is spun for.
final class AdaptivePutMessageLock implements PutMessageLock {
    private static final int MAX_SPINS = 200;
    private static final int MIN_SPINS = 4;

    private final QueuedMutex mutex = new QueuedMutex();
    // An estimate; lost updates do no harm.
    private int usualSpins = 50;

    @Override
    public void lock() {
        if (mutex.tryAcquire()) {
            return;
        }
        int bound = Math.min(MAX_SPINS, usualSpins * 2 + MIN_SPINS);
        for (int spins = 1; spins <= bound; spins++) {
            Thread.onSpinWait();
            if (mutex.tryAcquire()) {
                usualSpins += (spins - usualSpins) / 8;
                return;
            }
        }
        usualSpins -= usualSpins / 8;
        mutex.acquire();
    }

    @Override
    public void unlock() {
        mutex.release();
    }

    @Override
    public int waitingThreads() {
        return mutex.queueLength();
    }
}
