package dev.storescope.engine;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.schedule.ScheduleMessageService;
import dev.storescope.engine.service.ServiceThread;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Starts and stops the delivery of delayed messages as the store's role has it.
///
/// Threads: one at a time; the statuses by any.
final class ScheduledDelivery {
    private final StoreEnvironment environment;
    private final Supplier<ScheduleMessageService> services;
    // Written by whoever starts and stops, read by whoever takes a snapshot.
    private volatile Optional<ServiceThread> thread = Optional.empty();

    /// @param services a new one for each start
    ScheduledDelivery(StoreEnvironment environment, Supplier<ScheduleMessageService> services) {
        this.environment = environment;
        this.services = services;
    }

    void handle(BrokerRole role) {
        switch (role) {
            case ASYNC_MASTER, SYNC_MASTER -> start();
            case SLAVE -> stop();
        }
    }

    private void start() {
        if (thread.isEmpty()) {
            ServiceThread started = new ServiceThread(environment, services.get());
            thread = Optional.of(started);
            started.start();
        }
    }

    /// @return false when the service hangs
    boolean stop() {
        boolean ended = thread.map(ServiceThread::stop).orElse(true);
        thread = Optional.empty();
        return ended;
    }

    /// @return false when the service hangs
    boolean abandon() {
        boolean ended = thread.map(ServiceThread::abandon).orElse(true);
        thread = Optional.empty();
        return ended;
    }

    Stream<ServiceStatus> statuses() {
        return thread.stream().map(ServiceThread::status);
    }
}
