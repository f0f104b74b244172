package dev.storescope.engine.env;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/// An open file of [FileDisk]: a channel, and a mapping once it is asked for.
///
/// Threads: any; [#close()] must not race with other calls. Closing a mapping makes all threads of the JVM shake hands:
/// never on the put path.
final class FileDiskFile implements DiskFile {
    private static final System.Logger LOG = System.getLogger(FileDiskFile.class.getName());
    private static final boolean LINUX = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    /// A longer write is cut into pieces, as a [ByteBuffer] has an int for its length.
    private static final long MAX_TRANSFER_BYTES = 1 << 30;
    /// On Linux `msync` of a range of a shared mapping is `fdatasync` of that range of the file: it also covers what
    /// came through the channel. Measured on ext4 on a virtual disk, 2 CPUs: for 4 to 256 KiB dirty the two take the
    /// same time (medians 0.2 to 0.3 ms), but with 16 MiB dirty elsewhere in the file 4 KiB take 0.3 ms by `msync` and
    /// 4 ms by `fdatasync`, which writes all of it.
    private static final boolean MAPPING_COVERS_CHANNEL = LINUX;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int PAGE_BYTES = 4096;
    /// Above what one batch of a sync store makes: those pages are clean in the mapping anyway.
    private static final long MANY_PAGES_BYTES = 128 * PAGE_BYTES;
    /// What is written ahead goes to the disk in pieces, so that a force of the log that comes meanwhile waits for one and
    /// not for all. Measured on a virtual disk, 2 CPUs, 16 producers: the 99th percentile of a put is 0.9 to 1.2 ms in
    /// place of 1.6 ms with 4 MiB at a time, at about the same rate.
    private static final long PREWRITE_PIECE_BYTES = 256L << 10;

    private final Path path;
    private final UninterruptedChannel channel;
    private final Access access;
    private final Arena arena = Arena.ofShared();
    /// Guards the making of `mapping`.
    private final ReentrantLock mappingLock = new ReentrantLock();
    // Written once under `mappingLock`, read by all; null until the file is mapped.
    private volatile MemorySegment mapping;

    FileDiskFile(Path path, UninterruptedChannel channel, Access access) {
        this.path = path;
        this.channel = channel;
        this.access = access;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        return run("read the size of", FileChannel::size);
    }

    @Override
    public long nextData(long position) throws IOException {
        long size = size();
        return position >= size
                ? size
                : Math.min(size, LinuxCalls.find().map(calls -> calls.nextData(path, position)).orElse(position));
    }

    @Override
    public long nextHole(long position) throws IOException {
        long size = size();
        return position >= size
                ? size
                : Math.min(size, LinuxCalls.find().map(calls -> calls.nextHole(path, position)).orElse(size));
    }

    @Override
    public MemorySegment map() throws IOException {
        MemorySegment mapped = mapping;
        if (mapped != null) {
            return mapped;
        }
        MapMode mode = switch (access) {
            case READ -> MapMode.READ_ONLY;
            case READ_WRITE -> MapMode.READ_WRITE;
        };
        mappingLock.lock();
        try {
            if (mapping == null) {
                mapping = run("map", open -> open.map(mode, 0, open.size(), arena));
            }
            return mapping;
        } finally {
            mappingLock.unlock();
        }
    }

    @Override
    public void write(long position, MemorySegment source, long sourcePosition, long sizeBytes) throws IOException {
        MemorySegment bytes = source.asSlice(sourcePosition, sizeBytes);
        run("write to", open -> {
            long written = 0;
            while (written < sizeBytes) {
                ByteBuffer piece = bytes.asSlice(written, Math.min(MAX_TRANSFER_BYTES, sizeBytes - written))
                        .asByteBuffer();
                written += open.write(piece, position + written);
            }
            return written;
        });
    }

    /// Through the channel where a force of the mapping covers that. What is stored through a mapping costs more: after
    /// each force a page fault for each page, and in the force, for each page, a word to all processors that run a thread
    /// of this process. Measured on ext4 on a virtual disk, 2 CPUs, machine under load, medians of the time of a put of
    /// 1.2 KB under sync flush, channel over mapping: 0.75 with 16 producers, 0.64 with 64, 0.77 with 256 virtual ones,
    /// 0.87 with 256 puts under way in one thread.
    @Override
    public void put(long position, ByteBuffer source) throws IOException {
        if (!MAPPING_COVERS_CHANNEL) {
            DiskFile.super.put(position, source);
            return;
        }
        run("write to", open -> {
            source.rewind();
            while (source.hasRemaining()) {
                open.write(source, position + source.position());
            }
            return source;
        });
    }

    @Override
    public int read(long position, MemorySegment target, long targetPosition, int sizeBytes) throws IOException {
        MemorySegment bytes = target.asSlice(targetPosition, sizeBytes);
        return run("read from", open -> {
            ByteBuffer rest = bytes.asByteBuffer();
            while (rest.hasRemaining() && open.read(rest, position + rest.position()) >= 0) {
                // a read may give less than asked for
            }
            return rest.position();
        });
    }

    @Override
    public void force(long position, long sizeBytes) throws IOException {
        if (access == Access.READ) {
            throw notWritable("force");
        }
        if (!arena.scope().isAlive()) {
            throw new IOException("cannot force %s: file is closed".formatted(path));
        }
        MemorySegment mapped = mapping;
        boolean isMapped = mapped != null && position + sizeBytes <= mapped.byteSize();
        try {
            if (isMapped) {
                gatherDirtyPages(mapped, position, sizeBytes);
                mapped.asSlice(position, sizeBytes).force();
            }
            if (!isMapped || !MAPPING_COVERS_CHANNEL) {
                channel.callOnce(open -> {
                    open.force(false);
                    return null;
                });
            }
        } catch (IOException e) {
            throw FileErrors.describe("force", path, e);
        } catch (UncheckedIOException e) {
            throw FileErrors.describe("force", path, e.getCause());
        }
    }

    /// Takes many pages out of the mapping at once, before a force that would make them clean there one by one: for each it
    /// interrupts all processors that run a thread of this process and waits for them. Not the last page, which is likely
    /// the one that is written to.
    private static void gatherDirtyPages(MemorySegment mapped, long position, long sizeBytes) {
        long from = position / PAGE_BYTES * PAGE_BYTES;
        long to = (position + sizeBytes) / PAGE_BYTES * PAGE_BYTES;
        if (to - from >= MANY_PAGES_BYTES) {
            LinuxCalls.find().ifPresent(calls -> calls.unmapForNow(mapped.asSlice(from, to - from)));
        }
    }

    @Override
    public boolean prewrite(long position, long sizeBytes) throws IOException {
        if (!LINUX) {
            // Nobody has measured what it gains there.
            return false;
        }
        // A handle of its own: the system tells each handle of a failure once, and it is the log's that must hear of one.
        try (FileChannel own = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            touch(own, position, sizeBytes);
            // By range, as fdatasync would force the log's own dirty pages along. Through a mapping that has touched no page,
            // or the force would tell all processors of each page.
            try (Arena forced = Arena.ofConfined()) {
                MemorySegment pages = own.map(MapMode.READ_WRITE, position, sizeBytes, forced);
                for (long at = 0; at < sizeBytes; at += PREWRITE_PIECE_BYTES) {
                    pages.asSlice(at, Math.min(PREWRITE_PIECE_BYTES, sizeBytes - at)).force();
                }
            }
        } catch (UncheckedIOException e) {
            throw FileErrors.describe("write ahead", path, e.getCause());
        } catch (IOException e) {
            throw FileErrors.describe("write ahead", path, e);
        }
        return true;
    }

    @Override
    public boolean canPopulate() {
        MemorySegment mapped = mapping;
        return mapped != null && LinuxCalls.find()
                .map(calls -> calls.canPopulateForWriting(mapped))
                .orElse(false);
    }

    @Override
    public void populate(long position, long sizeBytes) {
        MemorySegment mapped = mapping;
        if (mapped != null) {
            LinuxCalls.find().ifPresent(calls -> calls.populateForWriting(mapped.asSlice(position, sizeBytes)));
        }
    }

    /// Makes pages dirty.
    private static void touch(FileChannel channel, long position, long sizeBytes) throws IOException {
        try (Arena touched = Arena.ofConfined()) {
            MemorySegment pages = channel.map(MapMode.READ_WRITE, position, sizeBytes, touched);
            LinuxCalls.find().ifPresent(calls -> calls.adviseRandom(pages));
            for (long at = 0; at + Integer.BYTES <= sizeBytes; at += PAGE_BYTES) {
                // Cannot undo what a producer puts there in the same moment, as writing a zero would.
                int ignored = (int) INT.getAndAdd(pages, at, 0);
            }
        }
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        run("truncate", open -> open.truncate(sizeBytes));
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot close " + path, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private <T> T run(String action, UninterruptedChannel.Operation<T> operation) throws IOException {
        try {
            return channel.call(operation);
        } catch (NonWritableChannelException e) {
            throw notWritable(action);
        } catch (IOException e) {
            throw FileErrors.describe(action, path, e);
        }
    }

    private IOException notWritable(String action) {
        return new IOException("cannot %s %s: it was opened for reading only".formatted(action, path));
    }

    /// What a file was opened for.
    enum Access {
        READ, READ_WRITE
    }
}
