package dev.storescope.engine.file;

import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/// A file that was asked for. Larger files go first, then lower offsets.
///
/// Threads: [#state] and the times are written by the allocator and read by whoever takes a snapshot.
final class AllocateRequest implements Comparable<AllocateRequest> {
    private static final Comparator<AllocateRequest> ORDER = Comparator
            .comparingLong((AllocateRequest request) -> request.sizeBytes)
            .reversed()
            .thenComparingLong(request -> request.fromOffset)
            .thenComparing(request -> request.path);

    final Path path;
    final long fromOffset;
    final long sizeBytes;
    final CompletableFuture<MappedFile> ready = new CompletableFuture<>();
    volatile AllocationState state = AllocationState.QUEUED;
    volatile long begunNanos;
    volatile long readyNanos;
    /// Only of the allocator.
    int attempts;

    AllocateRequest(Path path, long fromOffset, long sizeBytes) {
        this.path = path;
        this.fromOffset = fromOffset;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public int compareTo(AllocateRequest other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllocateRequest request && request.path.equals(path)
                && request.sizeBytes == sizeBytes;
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
