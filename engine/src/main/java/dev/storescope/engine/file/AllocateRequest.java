package dev.storescope.engine.file;

import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/// A file that was asked for. Larger files go first, then lower offsets.
///
/// Threads: [#state] and the times are written by the allocator and read by whoever takes a snapshot; [#ready()] by any.
final class AllocateRequest implements Comparable<AllocateRequest> {
    private static final Comparator<AllocateRequest> ORDER = Comparator
            .comparingLong((AllocateRequest request) -> request.sizeBytes)
            .reversed()
            .thenComparingLong(request -> request.fromOffset)
            .thenComparing(request -> request.path);

    final Path path;
    final long fromOffset;
    final long sizeBytes;
    // Written by the allocator, which puts a new one here before it tells of a failure; read by the asker.
    private volatile CompletableFuture<MappedFile> ready = new CompletableFuture<>();
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

    /// What the attempt under way will give: the file, or why it could not be made. One attempt each.
    CompletableFuture<MappedFile> ready() {
        return ready;
    }

    /// Tells whoever waits, and makes the request one that is to be tried again.
    void failed(Throwable reason) {
        state = AllocationState.QUEUED;
        CompletableFuture<MappedFile> attempt = ready;
        ready = new CompletableFuture<>();
        attempt.completeExceptionally(reason);
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
