package dev.storescope.engine.env;

import java.util.concurrent.locks.ReentrantLock;

/// Parks at once when the lock is taken (RocketMQ `PutMessageReentrantLock`).
final class ReentrantPutMessageLock implements PutMessageLock {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void lock() {
        lock.lock();
    }

    @Override
    public void unlock() {
        lock.unlock();
    }

    @Override
    public int waitingThreads() {
        return lock.hasQueuedThreads() ? lock.getQueueLength() : 0;
    }
}
