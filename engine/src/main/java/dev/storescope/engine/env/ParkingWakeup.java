package dev.storescope.engine.env;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/// [Wakeup] by parking.
///
/// An interruption does not end a wait: nothing in a store is stopped that way. It is remembered and set again when the
/// wait is over.
final class ParkingWakeup implements Wakeup {
    private static final VarHandle SIGNALLED;

    static {
        try {
            SIGNALLED = MethodHandles.lookup().findVarHandle(ParkingWakeup.class, "signalled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    // Set by whoever signals, taken back by the waiter.
    private volatile boolean signalled;
    // Written by the waiter, read by whoever signals. The waiter writes it before it looks at `signalled`, the
    // signaller the other way round: one of the two sees the other.
    private volatile Thread waiter;

    ParkingWakeup(String name) {
        this.name = name;
    }

    @Override
    public boolean await(long timeoutNs) {
        if (takeSignal()) {
            return true;
        }
        if (timeoutNs <= 0) {
            return false;
        }
        long deadline = System.nanoTime() + timeoutNs;
        boolean interrupted = false;
        waiter = Thread.currentThread();
        try {
            while (!takeSignal()) {
                long remainingNs = deadline - System.nanoTime();
                if (remainingNs <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, remainingNs);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            waiter = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void signal() {
        // Many producers signal one service: those who find the signal set must not fight for its cache line. Without
        // the fence this read could go before the caller's own writes, and a waiter who takes the signal in between
        // would not see them: a lost wake-up.
        VarHandle.fullFence();
        if (signalled || (boolean) SIGNALLED.getAndSet(this, true)) {
            return;
        }
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private boolean takeSignal() {
        return signalled && (boolean) SIGNALLED.getAndSet(this, false);
    }
}
