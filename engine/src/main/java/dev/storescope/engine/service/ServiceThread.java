package dev.storescope.engine.service;

import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.ServiceStatus.State;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.probe.ProbePoint;
import java.lang.System.Logger.Level;

/// The one loop that drives a [Service]: turn, wait, catch, stop (RocketMQ `ServiceThread`).
///
/// Threads: [#start()], [#stop()] and [#abandon()] by the owner; [#wakeup()] and [#status()] by any.
public final class ServiceThread {
    private static final System.Logger LOG = System.getLogger(ServiceThread.class.getName());
    /// A stop waits this long for the turn in progress: as long as RocketMQ's `ServiceThread` joins.
    private static final long JOIN_TIMEOUT_NS = 90_000_000_000L;
    /// A kill does not wait for a stalled disk.
    private static final long ABANDON_TIMEOUT_NS = 2_000_000_000L;
    /// After a failure, so that one that repeats neither spins nor floods the log.
    private static final long PAUSE_AFTER_FAILURE_NS = 100_000_000L;

    private final StoreEnvironment environment;
    private final Service service;
    private final Wakeup wakeup;
    // Written by the owner, read by the service's thread.
    private volatile Stop stop = Stop.NO;
    // The rest is written by the service's thread (before the start by the owner) and read by whoever takes a snapshot.
    private volatile State state = State.NOT_STARTED;
    private volatile long wakeAtNanos;
    private volatile long turns;
    private volatile String failure = "";
    private StoreThread thread;

    public ServiceThread(StoreEnvironment environment, Service service) {
        this.environment = environment;
        this.service = service;
        this.wakeup = environment.newWakeup(service.name());
    }

    public void start() {
        thread = environment.start(service.name(), this::run);
    }

    /// Ends the wait of a wakeable service, or makes its next one end at once. A timed one sleeps through it, and is not woken
    /// for that.
    public void wakeup() {
        if (service.isWakeable()) {
            wakeup.signal();
        }
    }

    /// Lets the turn in progress and [Service#onStop] finish, and waits for that.
    ///
    /// @return false when the thread still ran after 90 s
    public boolean stop() {
        return end(Stop.CLEAN, JOIN_TIMEOUT_NS);
    }

    /// Lets the turn in progress end and skips [Service#onStop], as when the process is killed.
    ///
    /// @return false when the thread still ran after 2 s
    public boolean abandon() {
        return end(Stop.ABANDON, ABANDON_TIMEOUT_NS);
    }

    public ServiceStatus status() {
        State now = environment.stepGate().isStandingAtGate(service.name()) ? State.HELD : state;
        return new ServiceStatus(service.name(), now, wakeAtNanos, turns, failure);
    }

    private boolean end(Stop how, long timeoutNs) {
        stop = how;
        wakeup.signal();
        environment.stepGate().release(service.name());
        boolean ended = thread == null || thread.join(timeoutNs);
        if (!ended) {
            LOG.log(Level.WARNING, "{0} did not stop within {1} s", service.name(), timeoutNs / 1_000_000_000L);
        }
        return ended;
    }

    private void run() {
        state = State.RUNNING;
        while (stop == Stop.NO) {
            long waitNs = turn();
            if (waitNs > 0 && stop == Stop.NO) {
                idle(waitNs);
            }
        }
        if (stop == Stop.CLEAN) {
            try {
                service.onStop();
            } catch (Exception | VirtualMachineError e) {
                failed(e);
            }
        }
        state = State.STOPPED;
    }

    private long turn() {
        try {
            int workDone = service.doWork();
            turns = turns + 1;
            return service.waitNs(workDone);
        } catch (Exception | VirtualMachineError e) {
            // A fault in mapped memory comes as InternalError; a service that died of it would be waited for in vain.
            failed(e);
            return PAUSE_AFTER_FAILURE_NS;
        }
    }

    private void idle(long waitNs) {
        long now = environment.nanoTime();
        wakeAtNanos = now + waitNs;
        state = State.WAITING;
        environment.probe().eventAt(now, ProbePoint.SERVICE_WAITING, waitNs, 0, 0);
        if (service.isWakeable()) {
            wakeup.await(waitNs);
        } else {
            awaitTimedUnlessStopped(waitNs);
        }
        state = State.RUNNING;
        environment.probe().event(ProbePoint.SERVICE_RUNNING);
    }

    /// A timed service sleeps through wake-ups, but not through a stop.
    private void awaitTimedUnlessStopped(long waitNs) {
        long remainingNs = waitNs;
        while (remainingNs > 0 && stop == Stop.NO) {
            wakeup.await(remainingNs);
            remainingNs = wakeAtNanos - environment.nanoTime();
        }
    }

    private void failed(Throwable e) {
        failure = e.toString();
        LOG.log(Level.ERROR, service.name() + " failed in a turn", e);
        service.onFailure(e);
    }

    private enum Stop {
        NO, CLEAN, ABANDON
    }
}
