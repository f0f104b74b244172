package dev.storescope.engine.env;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.storescope.engine.env.StoreMemory.MemoryLock;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// What the JDK has no word for, asked of the C library of Linux. Looked up when first needed; elsewhere, or where
/// native access is denied, there is nothing to find.
///
/// Threads: any.
final class LinuxCalls {
    private static final System.Logger LOG = System.getLogger(LinuxCalls.class.getName());

    // Numbers of the Linux ABI, the same on x86-64 and AArch64.
    private static final int EINTR = 4;
    private static final int ENXIO = 6;
    private static final int ENOSPC = 28;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;
    private static final int EDQUOT = 122;
    private static final int MADV_NORMAL = 0;
    private static final int MADV_RANDOM = 1;
    private static final int MADV_WILLNEED = 3;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_POPULATE_WRITE = 23;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int O_CLOEXEC = 0x80000;
    private static final long PAGE_BYTES = 4096;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE
            .varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle madvise = call("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private final MethodHandle open = call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private final MethodHandle close = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private final MethodHandle lseek = call("lseek",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

    // What no opening of a store waits for is made when it is needed: each takes some milliseconds in a virtual machine that
    // has just started.
    private static final class Reserving {
        private static final MethodHandle FALLOCATE = call("fallocate",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    }

    private static final class Locking {
        private static final MethodHandle MLOCK = call("mlock", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        private static final MethodHandle MUNLOCK = call("munlock",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        private static final MethodHandle GETRLIMIT = call("getrlimit",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    private static final class Messages {
        private static final MethodHandle STRERROR = Linker.nativeLinker()
                .downcallHandle(address("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    private LinuxCalls() {
    }

    static Optional<LinuxCalls> find() {
        return Holder.CALLS;
    }

    /// Makes ready what an opening will ask for: some hundred classes, 30 ms of a processor in a program that has just started.
    static void prepare() {
        find().ifPresent(calls -> calls.nextData(Path.of("/"), 0));
    }

    /// Why [#find] found nothing.
    static String whyMissing() {
        return Holder.WHY_MISSING;
    }

    MemoryLock mlock(MemorySegment segment) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int result = (int) Locking.MLOCK.invokeExact(state, segment, segment.byteSize());
            return result == 0
                    ? MemoryLock.LOCKED
                    : new MemoryLock(false, "mlock: %s (%s)".formatted(message(errno(state)), lockLimit()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void munlock(MemorySegment segment) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int result = (int) Locking.MUNLOCK.invokeExact(state, segment, segment.byteSize());
            logFailure("munlock", result, state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void adviseWillNeed(MemorySegment segment) {
        logFailedAdvice(advise(segment, MADV_WILLNEED));
    }

    /// A page fault brings one page, and none of its neighbours.
    void adviseRandom(MemorySegment segment) {
        logFailedAdvice(advise(segment, MADV_RANDOM));
    }

    /// Takes [#adviseRandom] back.
    void adviseNormal(MemorySegment segment) {
        logFailedAdvice(advise(segment, MADV_NORMAL));
    }

    /// Takes the pages of a shared mapping of a file out of this process's view, all at once, and tells the file which of
    /// them are dirty. Nothing is lost: the page cache has them, and who comes to one again finds it there. Does nothing
    /// where pages are locked.
    void unmapForNow(MemorySegment segment) {
        advise(segment, MADV_DONTNEED);
    }

    /// Whether the system knows how, which it does from Linux 5.14 on: it looks at what is asked before at how much.
    boolean canPopulateForWriting(MemorySegment mapped) {
        return advise(mapped.asSlice(0, 0), MADV_POPULATE_WRITE) == 0;
    }

    /// Makes all pages and maps them, as if each had been written to. Stops at the first that cannot be made: no signal comes,
    /// as it would to whoever writes there.
    void populateForWriting(MemorySegment segment) {
        advise(segment, MADV_POPULATE_WRITE);
    }

    /// @return 0, or the number of the error
    private int advise(MemorySegment segment, int advice) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            // The address must be that of a page.
            long before = segment.address() % PAGE_BYTES;
            MemorySegment pages = MemorySegment.ofAddress(segment.address() - before);
            int result = (int) madvise.invokeExact(state, pages, segment.byteSize() + before, advice);
            return result == 0 ? 0 : errno(state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private void logFailedAdvice(int errno) {
        if (errno != 0) {
            try {
                LOG.log(Level.WARNING, "madvise: {0}", message(errno));
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }
    }

    /// Reserves the space of a file and makes it that long.
    Reservation reserve(Path file, long sizeBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment path = arena.allocateFrom(file.toString(), fileNameCharset());
            int descriptor = (int) open.invokeExact(state, path, O_RDWR | O_CLOEXEC);
            if (descriptor < 0) {
                return new Reservation.Unsupported(message(errno(state)));
            }
            try {
                return reserve(state, descriptor, sizeBytes);
            } finally {
                int ignored = (int) close.invokeExact(state, descriptor);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private Reservation reserve(MemorySegment state, int descriptor, long sizeBytes) throws Throwable {
        // fallocate and not posix_fallocate: where the file system cannot reserve, the C library makes up for that
        // by writing into every block.
        int errno;
        do {
            int result = (int) Reserving.FALLOCATE.invokeExact(state, descriptor, 0, 0L, sizeBytes);
            errno = result == 0 ? 0 : errno(state);
        } while (errno == EINTR);
        return switch (errno) {
            case 0 -> new Reservation.Done();
            case EOPNOTSUPP, ENOSYS, EINVAL -> new Reservation.Unsupported(message(errno));
            case ENOSPC, EDQUOT -> new Reservation.NoSpace(message(errno));
            default -> new Reservation.Failed(message(errno));
        };
    }

    /// Where the next byte stands that was ever written, as far as the file system tells; the page cache counts.
    /// [Long#MAX_VALUE] when there is none.
    long nextData(Path file, long position) {
        return seek(file, position, SEEK_DATA, position);
    }

    /// Where the next part begins that was never written.
    long nextHole(Path file, long position) {
        return seek(file, position, SEEK_HOLE, Long.MAX_VALUE);
    }

    private long seek(Path file, long position, int whence, long unknown) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment path = arena.allocateFrom(file.toString(), fileNameCharset());
            int descriptor = (int) open.invokeExact(state, path, O_RDONLY | O_CLOEXEC);
            if (descriptor < 0) {
                return unknown;
            }
            try {
                long found = (long) lseek.invokeExact(state, descriptor, position, whence);
                if (found >= 0) {
                    return found;
                }
                return errno(state) == ENXIO ? Long.MAX_VALUE : unknown;
            } finally {
                int ignored = (int) close.invokeExact(state, descriptor);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private String lockLimit() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment softAndHard = arena.allocate(JAVA_LONG, 2);
            int result = (int) Locking.GETRLIMIT.invokeExact(state, RLIMIT_MEMLOCK, softAndHard);
            if (result != 0) {
                return "RLIMIT_MEMLOCK is not known";
            }
            long bytes = softAndHard.get(JAVA_LONG, 0);
            return "RLIMIT_MEMLOCK " + (bytes < 0 ? "unlimited" : sizeText(bytes));
        }
    }

    private String message(int errno) throws Throwable {
        MemorySegment text = (MemorySegment) Messages.STRERROR.invokeExact(errno);
        return text.reinterpret(256).getString(0);
    }

    private void logFailure(String name, int result, MemorySegment state) throws Throwable {
        if (result != 0) {
            LOG.log(Level.WARNING, "{0}: {1}", name, message(errno(state)));
        }
    }

    private static String sizeText(long bytes) {
        return bytes > 0 && bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static Charset fileNameCharset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker()
                .downcallHandle(address(name), descriptor,
                        Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment address(String name) {
        return Linker.nativeLinker().defaultLookup().findOrThrow(name);
    }

    private static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    /// How reserving space ended.
    sealed interface Reservation {
        record Done() implements Reservation {
        }

        /// The file system cannot do that.
        record Unsupported(String reason) implements Reservation {
        }

        record NoSpace(String reason) implements Reservation {
        }

        record Failed(String reason) implements Reservation {
        }
    }

    private static final class Holder {
        private static final Optional<LinuxCalls> CALLS;
        private static final String WHY_MISSING;

        static {
            Optional<LinuxCalls> calls = Optional.empty();
            String whyMissing = "";
            String system = System.getProperty("os.name");
            if (system.toLowerCase(Locale.ROOT).contains("linux")) {
                try {
                    calls = Optional.of(new LinuxCalls());
                } catch (RuntimeException | LinkageError e) {
                    whyMissing = "the C library cannot be called: " + e.getMessage();
                }
            } else {
                whyMissing = "not known on " + system;
            }
            CALLS = calls;
            WHY_MISSING = whyMissing;
        }
    }
}
