package dev.storescope.engine.file;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files that were taken out of the front of a row, on their way off the disk.
///
/// They go in the order of the row, and each is off the disk for good before the next one goes: a crash in between never
/// leaves a row with a hole. Who reads one when it goes may read on; the memory, and with it the room on the disk, is free
/// when the last reader has let go, or is taken by force.
///
/// Threads: one that deletes; [#count()] by any.
final class DepartingFiles {
    private static final System.Logger LOG = System.getLogger(DepartingFiles.class.getName());

    private final StoreEnvironment environment;
    private final Path directory;
    private final List<Departing> files = new ArrayList<>();
    // Written by the one that deletes, read by whoever takes a snapshot.
    private volatile int count;

    DepartingFiles(StoreEnvironment environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    private static final class Departing {
        private final MappedFile file;
        private final long sinceNanos;
        private boolean onDisk = true;

        private Departing(MappedFile file, long sinceNanos) {
            this.file = file;
            this.sinceNanos = sinceNanos;
        }
    }

    /// Adds a file that nobody finds in the row any more.
    void add(MappedFile file) {
        files.add(new Departing(file, environment.nanoTime()));
        count = files.size();
        file.close();
    }

    /// Deletes what is still on disk, the first of the row first. One that cannot be deleted, as on systems where nobody may
    /// have it open, keeps those behind it waiting, too.
    ///
    /// @return names of the files deleted now
    List<String> delete() throws IOException {
        List<String> deleted = new ArrayList<>();
        try {
            for (Departing departing : files) {
                if (departing.onDisk) {
                    environment.disk().delete(departing.file.diskFile().path());
                    environment.disk().forceDirectory(directory);
                    departing.onDisk = false;
                    deleted.add(departing.file.name());
                    environment.probe()
                            .event(ProbePoint.FILE_DELETED, departing.file.fromOffset(), departing.file.sizeBytes());
                }
            }
        } finally {
            forget();
        }
        return deleted;
    }

    /// Takes the memory from whoever reads a file that went longer ago than this, and deletes what could not be before.
    ///
    /// @return names of the files deleted now
    List<String> destroyHeld(long heldForNs) throws IOException {
        long now = environment.nanoTime();
        for (Departing departing : files) {
            if (!departing.file.isUnmapped() && now - departing.sinceNanos >= heldForNs) {
                boolean taken = departing.file.closeForcibly();
                LOG.log(Level.WARNING, taken
                        ? "{0}: deleted {1} ms ago and held by a reader since; its memory is taken by force"
                        : "{0}: deleted {1} ms ago and in use by the system; its memory stays for now",
                        departing.file.diskFile().path(), (now - departing.sinceNanos) / 1_000_000);
            }
        }
        return delete();
    }

    private void forget() {
        files.removeIf(departing -> !departing.onDisk && departing.file.isUnmapped());
        count = files.size();
    }

    /// How many wait for a reader, or for the disk.
    int count() {
        return count;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }
}
