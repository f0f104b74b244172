package dev.storescope.engine.inspect.check;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.inspect.StoreInspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What the parts of a [StoreCheck] share. Threads: any.
///
/// @param state whether somebody may be writing
record CheckContext(StoreInspector inspector, StoreEnvironment environment, MessageStoreConfig config, State state) {
    private static final int LOOKS = 20;
    private static final long BETWEEN_LOOKS_NS = 2_000_000;

    /// How the store was left.
    enum State {
        CLOSED, RUNNING_OR_KILLED
    }

    Disk disk() {
        return environment.disk();
    }

    /// Whether something that looks wrong becomes right when it is looked at again, as it does while somebody is writing
    /// it. Where nobody writes it is looked at once.
    boolean becomesRight(BooleanSupplier right) {
        for (int look = 0; look < LOOKS && mayBeLate(); look++) {
            if (right.getAsBoolean()) {
                return true;
            }
            environment.sleep(BETWEEN_LOOKS_NS);
        }
        return right.getAsBoolean();
    }

    /// Whether queues and index may lag behind the log.
    boolean mayBeLate() {
        return state == State.RUNNING_OR_KILLED;
    }

    /// @param name below the store's directory, with `/`
    Path path(String name) {
        Path path = inspector.directory();
        for (String part : name.split("/")) {
            path = path.resolve(part);
        }
        return path;
    }

    /// Files of a directory, by name.
    List<Disk.Entry> files(String name) {
        return list(name).filter(entry -> !entry.directory()).toList();
    }

    List<Disk.Entry> directories(String name) {
        return list(name).filter(Disk.Entry::directory).toList();
    }

    private Stream<Disk.Entry> list(String name) {
        Path path = path(name);
        try {
            return disk().list(path).stream().sorted(Comparator.comparing(Disk.Entry::name));
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }
}
