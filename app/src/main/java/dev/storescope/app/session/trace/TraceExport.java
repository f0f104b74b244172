package dev.storescope.app.session.trace;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;

/// Writes a recording into a file beside everything else. The file has its name only when it is whole.
///
/// Threads: any asks and cancels; one of the common pool writes.
public final class TraceExport {
    private final Path target;
    private final CompletableFuture<Long> written;
    // Written by whoever cancels, read by the thread that writes.
    private volatile boolean cancelled;

    /// Begins to write.
    ///
    /// @param recording a copy that stays as it is
    /// @param fromNanos what ended before is left out
    /// @param toNanos what begins after is left out
    public TraceExport(Recording recording, long fromNanos, long toNanos, Path target) {
        this.target = target.toAbsolutePath().normalize();
        written = CompletableFuture.supplyAsync(() -> write(recording, fromNanos, toNanos));
    }

    private long write(Recording recording, long fromNanos, long toNanos) {
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            long spans;
            try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                spans = new ChromeTraceWriter(recording, fromNanos, toNanos, () -> cancelled).write(out);
            }
            if (cancelled) {
                Files.delete(unfinished);
                return 0;
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            return spans;
        } catch (IOException e) {
            drop(unfinished);
            throw new java.io.UncheckedIOException("%s: %s".formatted(target, e.getMessage()), e);
        }
    }

    private static void drop(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // The failure that led here is the one to tell.
        }
    }

    public Path target() {
        return target;
    }

    public boolean isRunning() {
        return !written.isDone();
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /// Stops soon, and leaves no file behind.
    public void cancel() {
        cancelled = true;
    }

    /// How many spans and instants were written, when all are; fails with a sentence that names the file.
    public CompletableFuture<Long> written() {
        return written;
    }
}
