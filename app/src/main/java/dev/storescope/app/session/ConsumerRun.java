package dev.storescope.app.session;

import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The consumer on the open store: it stops while that one stops, and goes on where it was when the same files are open
/// again.
///
/// Threads: the session thread commands; the JavaFX thread reads [#read].
final class ConsumerRun {
    // Both are written by the session thread, read by the JavaFX thread.
    private volatile ConsumeSpec spec = ConsumeSpec.NOTHING;
    private volatile Optional<OnStore> consumer = Optional.empty();
    // Of the session thread.
    private boolean goesOn;

    /// A consumer and whose it is.
    private record OnStore(long generation, Path directory, ConsumeDriver driver) {
    }

    /// What there is to see of it.
    ConsumeSnapshot read(Optional<OpenStore> store) {
        return store.flatMap(this::of)
                .map(ConsumeDriver::snapshot)
                .orElseGet(() -> ConsumeSnapshot.of(spec));
    }

    private Optional<ConsumeDriver> of(OpenStore store) {
        return consumer.filter(on -> on.generation == store.generation()).map(OnStore::driver);
    }

    void start(OpenStore store) {
        driver(store).start();
    }

    void stop(OpenStore store) {
        of(store).ifPresent(ConsumeDriver::stop);
    }

    void reset(OpenStore store, Reset to) {
        driver(store).reset(to);
    }

    void change(Optional<OpenStore> store, UnaryOperator<ConsumeSpec> change) {
        spec = change.apply(spec);
        store.flatMap(this::of).ifPresent(driver -> driver.update(spec));
    }

    /// Before a store is stopped.
    void pause() {
        goesOn = consumer.filter(on -> on.driver.isRunning()).isPresent();
        consumer.ifPresent(on -> on.driver.stop());
    }

    /// After [#pause()]: the same store is still open, or its files are again, or others.
    void goOn(Optional<OpenStore> open) {
        Optional<OnStore> before = consumer;
        if (open.isEmpty() || before.isEmpty()) {
            return;
        }
        OpenStore store = open.get();
        if (!before.get().directory.equals(store.config().storePathRootDir())) {
            consumer = Optional.empty();
            spec = spec.withTopic("");
            return;
        }
        ConsumeDriver driver = driver(store);
        if (before.get().generation != store.generation()) {
            driver.goOnFrom(before.get().driver);
        }
        if (goesOn) {
            driver.start();
        }
    }

    private ConsumeDriver driver(OpenStore store) {
        return of(store).orElseGet(() -> {
            var made = new ConsumeDriver(store.world().store(), store.world().environment(), spec);
            consumer = Optional.of(new OnStore(store.generation(), store.config().storePathRootDir(), made));
            return made;
        });
    }
}
