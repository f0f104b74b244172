package dev.storescope.engine.sim.disk;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A change of a directory's entries: `from` goes, `to` comes or is replaced, as one.
///
/// @param node what stands at `to`
record EntryChange<N>(Optional<Path> from, Optional<Path> to, Optional<N> node) {
    static <N> EntryChange<N> put(Path path, N node) {
        return new EntryChange<>(Optional.empty(), Optional.of(path), Optional.of(node));
    }

    static <N> EntryChange<N> removed(Path path) {
        return new EntryChange<>(Optional.of(path), Optional.empty(), Optional.empty());
    }

    static <N> EntryChange<N> renamed(Path from, Path to, N node) {
        return new EntryChange<>(Optional.of(from), Optional.of(to), Optional.of(node));
    }

    boolean isIn(Path directory) {
        return from.map(Path::getParent).filter(directory::equals).isPresent()
                || to.map(Path::getParent).filter(directory::equals).isPresent();
    }

    void applyTo(Map<Path, N> entries) {
        from.ifPresent(entries::remove);
        to.ifPresent(path -> entries.put(path, node.orElseThrow()));
    }

    <M> EntryChange<M> with(Function<N, M> image) {
        return new EntryChange<>(from, to, node.map(image));
    }
}
