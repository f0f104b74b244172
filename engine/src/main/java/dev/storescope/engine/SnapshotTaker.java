package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.api.StoreSnapshot.AllocatorSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileState;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.file.TransientStorePool;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.FlushManager;
import dev.storescope.engine.service.ServiceThread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the parts, slowest pointer first, into one picture. The reader pays; no part waits for it.
///
/// Threads: any.
final class SnapshotTaker {
    private final StoreEnvironment environment;
    private final MessageStoreConfig config;
    private final Parts parts;

    SnapshotTaker(StoreEnvironment environment, MessageStoreConfig config, Parts parts) {
        this.environment = environment;
        this.config = config;
        this.parts = parts;
    }

    /// What is read.
    record Parts(CommitLog log, FlushManager flushManager, AllocateMappedFileService allocator,
            List<ServiceThread> threads, TransientStorePool pool, StoreStatsService stats, DispatchPipeline pipeline,
            RetentionServices retention, ScheduledDelivery delivery) {
    }

    StoreSnapshot take(StoreState state, RunningFlags flags, RecoveryReport recovery) {
        DispatchPipeline.Reached reached = parts.pipeline().reached();
        LogPositions positions = parts.flushManager().positions(parts.log().files().minOffset());
        // The allocator before the row: a file that is taken in between is in both and not in neither.
        AllocatorSnapshot allocator = parts.allocator().snapshot();
        List<MappedFile> mapped = parts.log().files().files();
        PoolSnapshot pool = parts.pool().snapshot();
        List<ServiceStatus> services = Stream
                .of(parts.threads().stream().map(ServiceThread::status), parts.flushManager().statuses(),
                        parts.pipeline().statuses(), parts.retention().statuses(), parts.delivery().statuses())
                .flatMap(statuses -> statuses)
                .toList();
        return new StoreSnapshot(environment.nanoTime(), environment.currentTimeMillis(), config, state,
                flags.notWriteableReason(),
                positions, files(mapped, positions, allocator, pool), allocator, pool,
                parts.flushManager().snapshot(positions), parts.log().putLockSnapshot(),
                parts.stats()
                        .counters(positions.wrote().messages(), parts.pool().shortages(),
                                environment.probe().putSamplingInterval(), environment.probe().dropped()),
                parts.pipeline().snapshot(reached, positions), parts.retention().snapshot(), flags.reasons(), services,
                recovery.withHoles(parts.log().holes().all()), parts.pipeline().proof());
    }

    private static List<FileSnapshot> files(List<MappedFile> mapped, LogPositions positions,
            AllocatorSnapshot allocator, PoolSnapshot pool) {
        List<FileSnapshot> files = new ArrayList<>(mapped.size() + 1);
        for (MappedFile file : mapped) {
            files.add(describe(file, positions));
        }
        long endOffset = mapped.isEmpty() ? positions.wrote().offset() : mapped.getLast().endOffset();
        for (AllocationRequest request : allocator.requests()) {
            // One that was taken and is not in the row yet leaves no gap in the picture: what follows it comes later.
            if (request.state() == AllocationState.READY && request.fromOffset() == endOffset) {
                files.add(new FileSnapshot(request.fromOffset(), request.sizeBytes(), FileState.PREALLOCATED, 0, 0, 0,
                        -1, 0, pool.lentTo().contains(request.fromOffset()), false));
                endOffset += request.sizeBytes();
            }
        }
        return List.copyOf(files);
    }

    /// The file's part of the log's pointers, so that all files fit together.
    private static FileSnapshot describe(MappedFile file, LogPositions positions) {
        long wrote = within(file, positions.wrote().offset());
        boolean full = wrote == file.sizeBytes();
        FileState state = full ? FileState.FULL : FileState.ACTIVE;
        return new FileSnapshot(file.fromOffset(), file.sizeBytes(), state, within(file, positions.flushed().offset()),
                within(file, positions.committed().offset()), wrote, full ? file.blankPosition() : -1,
                file.messages(), file.hasWriteBuffer(), file.isMemoryLocked());
    }

    private static long within(MappedFile file, long offset) {
        return Math.clamp(offset - file.fromOffset(), 0, file.sizeBytes());
    }
}
