package dev.storescope.engine.env;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A [FileChannel] that survives interruptions. The JDK closes a channel, for everybody, when a thread in it is
/// interrupted; a caller who shuts down its own pool would take the store with it.
///
/// Operations are given positions and may run twice. The interruption is kept for whoever asks for it afterwards.
///
/// Threads: any; [#close()] must not race with other calls.
final class UninterruptedChannel implements AutoCloseable {
    private final Path path;
    private final Set<? extends OpenOption> options;
    /// Guards the exchange of `channel`.
    private final ReentrantLock reopening = new ReentrantLock();
    // Written under `reopening`, read by all.
    private volatile FileChannel channel;
    private volatile boolean closed;

    /// @param options to open it again with: none that makes the file
    UninterruptedChannel(Path path, FileChannel channel, Set<? extends OpenOption> options) {
        this.path = path;
        this.channel = channel;
        this.options = options;
    }

    <T> T call(Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    return operation.on(current);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen(current);
                } catch (ClosedChannelException e) {
                    reopen(current);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Runs the operation once. For a force: were it interrupted and had it failed, the system would tell nobody of the
    /// failure a second time. A channel that an interrupt of somebody else has closed before is opened again: the operation
    /// was not begun.
    void callOnce(Operation<?> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!callOpen(channel, operation)) {
                // with the channel that was opened again
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// @return false when the channel was closed already, and is open again
    private boolean callOpen(FileChannel current, Operation<?> operation) throws IOException {
        try {
            operation.on(current);
            return true;
        } catch (AsynchronousCloseException e) {
            // closed while it ran: what became of it is not known
            throw e;
        } catch (ClosedChannelException e) {
            reopen(current);
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }

    private void reopen(FileChannel stale) throws IOException {
        reopening.lock();
        try {
            if (closed) {
                throw new IOException("file is closed");
            }
            if (channel == stale) {
                channel = FileChannel.open(path, options);
            }
        } finally {
            reopening.unlock();
        }
    }

    @FunctionalInterface
    interface Operation<T> {
        T on(FileChannel channel) throws IOException;
    }
}
