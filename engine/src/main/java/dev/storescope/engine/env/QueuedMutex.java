package dev.storescope.engine.env;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/// A plain mutual exclusion without owner: who comes when it is free takes it, the others park in a queue.
final class QueuedMutex {
    private final Sync sync = new Sync();

    boolean tryAcquire() {
        return sync.tryAcquire(1);
    }

    void acquire() {
        sync.acquire(1);
    }

    void release() {
        sync.release(1);
    }

    /// Threads that are parked; those that spin are not counted.
    int queueLength() {
        return sync.hasQueuedThreads() ? sync.getQueueLength() : 0;
    }

    /// State 0 is free, 1 is held.
    private static final class Sync extends AbstractQueuedSynchronizer {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean tryAcquire(int ignored) {
            return getState() == 0 && compareAndSetState(0, 1);
        }

        @Override
        protected boolean tryRelease(int ignored) {
            if (getState() == 0) {
                throw new IllegalMonitorStateException("unlock of a put lock that nobody holds");
            }
            setState(0);
            return true;
        }
    }
}
