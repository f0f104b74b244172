package dev.storescope.engine.env;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.probe.StoreProbe;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The real world: the machine's clock, real threads, real files.
///
/// All its threads are daemons, but for one that writes a line or two: a program that ends without shutting its store down
/// ends all the same, and leaves the store as a crash would. An interruption ends no wait; it is kept for whoever asks for it afterwards.
///
/// Threads: any.
public final class LiveEnvironment implements StoreEnvironment {
    private static final System.Logger LOG = System.getLogger(LiveEnvironment.class.getName());

    private final Disk disk;
    private final StoreMemory memory = new LiveMemory();
    private final Optional<LiveProbe> liveProbe;
    private final StoreProbe probe;
    private final LiveStepGate gates = new LiveStepGate();
    private final StepGate stepGate;
    /// As many threads as there is work at a time; one without work ends after a second.
    private final Executor beside = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
            new SynchronousQueue<>(), Thread.ofPlatform().daemon(true).name("beside-", 1).factory());

    private LiveEnvironment(Builder builder) {
        this.disk = builder.disk;
        this.liveProbe = builder.probing == Probing.ON
                ? Optional.of(new LiveProbe(builder.putSamplingInterval))
                : Optional.empty();
        this.probe = liveProbe.<StoreProbe>map(live -> live).orElse(StoreProbe.OFF);
        this.stepGate = liveProbe.isPresent() ? gates : new NoGate();
        // Beside what comes before the first call.
        started(Thread.ofPlatform().daemon(true), "prepareLinuxCalls", LinuxCalls::prepare);
    }

    /// On the machine's own disk, telling what happens.
    public static LiveEnvironment create() {
        return builder().build();
    }

    /// On the machine's own disk; tells nobody, and services cannot be held.
    public static LiveEnvironment withoutProbe() {
        return builder().withoutProbe().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A reader of what is told from now on; of nothing when there is no probe.
    public ProbeReader newProbeReader() {
        return liveProbe.map(LiveProbe::newReader).orElse(ProbeReader.NONE);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public StoreThread start(String name, Runnable task) {
        Runnable service = liveProbe.<Runnable>map(live -> () -> live.runAtGate(gates.gateOf(name), task)).orElse(task);
        return started(Thread.ofPlatform().daemon(true), name, service);
    }

    @Override
    public StoreThread startLight(String name, Runnable task) {
        return started(Thread.ofVirtual(), name, task);
    }

    @Override
    public BesideWork beginBeside(String name, BesideWork.Task task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        beside.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e); // thrown where it is waited for
            }
        });
        return () -> {
            Uninterrupted.await(done);
            if (done.isCompletedExceptionally()) {
                rethrow(done.exceptionNow());
            }
        };
    }

    private static void rethrow(Throwable failure) throws IOException {
        switch (failure) {
            case IOException e -> throw e;
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /// No daemon: a program that ends at once still says what it found.
    @Override
    public void doAside(Runnable task) {
        started(Thread.ofPlatform().daemon(false), "aside", task);
    }

    @Override
    public void sleep(long durationNs) {
        Uninterrupted.sleep(durationNs);
    }

    @Override
    public Wakeup newWakeup(String name) {
        return new ParkingWakeup(name);
    }

    @Override
    public PutMessageLock newPutMessageLock(PutMessageLockKind kind) {
        return switch (kind) {
            case SPIN -> new SpinPutMessageLock();
            case REENTRANT -> new ReentrantPutMessageLock();
        };
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long timeoutNs) {
        return Uninterrupted.await(completion, timeoutNs);
    }

    /// Without a timer. Measured under sync flush, 2 CPUs, puts of 256 virtual threads: 266,000 a second in place of 150,000 (one
    /// comparison).
    @Override
    public boolean awaitWatched(CompletableFuture<?> completion, long timeoutNs) {
        Uninterrupted.await(completion);
        return true;
    }

    @Override
    public void linger(BooleanSupplier until, long mostNs) {
        long began = System.nanoTime();
        while (!until.getAsBoolean() && System.nanoTime() - began < mostNs) {
            // Those who are lingered for may need this processor.
            Thread.yield();
        }
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public StoreMemory memory() {
        return memory;
    }

    @Override
    public StoreProbe probe() {
        return probe;
    }

    @Override
    public StepGate stepGate() {
        return stepGate;
    }

    @Override
    public long processId() {
        return ProcessHandle.current().pid();
    }

    private static StoreThread started(Thread.Builder builder, String name, Runnable task) {
        return new LiveThread(builder.name(name)
                .uncaughtExceptionHandler(
                        (thread, failure) -> LOG.log(Level.ERROR, thread.getName() + " died", failure))
                .start(task));
    }

    /// Makes an environment; by default on the machine's own disk, and telling what happens.
    public static final class Builder {
        private Disk disk = new FileDisk();
        private Probing probing = Probing.ON;
        private int putSamplingInterval = StoreProbe.DEFAULT_PUT_SAMPLING_INTERVAL;

        private Builder() {
        }

        public Builder disk(Disk disk) {
            this.disk = disk;
            return this;
        }

        public Builder withoutProbe() {
            this.probing = Probing.OFF;
            return this;
        }

        /// @param interval of how many puts of a thread one is told, a power of two
        public Builder putSamplingInterval(int interval) {
            this.putSamplingInterval = interval;
            return this;
        }

        public LiveEnvironment build() {
            return new LiveEnvironment(this);
        }
    }

    private enum Probing {
        ON, OFF
    }

    private record LiveThread(Thread thread) implements StoreThread {
        @Override
        public String name() {
            return thread.getName();
        }

        @Override
        public boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public boolean join(long timeoutNs) {
            return Uninterrupted.join(thread, timeoutNs);
        }
    }

    /// Without probe points there is nowhere to hold a service.
    private static final class NoGate implements StepGate {
        @Override
        public void hold(String service) {
            throw new UnsupportedOperationException(
                    "cannot hold %s: this environment was made without probe".formatted(service));
        }

        @Override
        public void release(String service) {
            // none is held
        }

        @Override
        public void releaseAll() {
            // none is held
        }

        @Override
        public boolean isHolding() {
            return false;
        }

        @Override
        public Set<String> held() {
            return Set.of();
        }

        @Override
        public boolean isStandingAtGate(String service) {
            return false;
        }
    }
}
