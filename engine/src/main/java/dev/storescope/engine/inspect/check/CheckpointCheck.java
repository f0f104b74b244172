package dev.storescope.engine.inspect.check;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.inspect.CheckpointValues;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import java.io.IOException;
import java.util.Optional;

/// Checks that the checkpoint says nothing that the log does not have. It may lag, so what it lacks is no fault.
///
/// Threads: one.
final class CheckpointCheck {
    private final CheckContext context;
    private final FaultList faults;
    private final Optional<CheckpointValues> values;

    /// Reads the file; before the log is walked, so that a store that runs is not ahead of the walk.
    CheckpointCheck(CheckContext context, FaultList faults) {
        this.context = context;
        this.faults = faults;
        values = read();
    }

    private Optional<CheckpointValues> read() {
        Disk disk = context.disk();
        try {
            Optional<Long> size = disk.size(context.path(StoreInspector.CHECKPOINT));
            if (size.isEmpty()) {
                faults.note("there is no checkpoint: a store that opens the directory counts it as zeros");
                return Optional.empty();
            }
            if (size.get() != StoreCheckpoint.BYTES) {
                faults.add(Kind.CHECKPOINT, StoreInspector.CHECKPOINT, 0, StoreCheckpoint.BYTES + " bytes",
                        size.get() + " bytes");
                return Optional.empty();
            }
            return Optional.of(CheckpointValues.of(disk.readAll(context.path(StoreInspector.CHECKPOINT))));
        } catch (IOException e) {
            faults.add(Kind.CHECKPOINT, StoreInspector.CHECKPOINT, 0, "a file that can be read", e.getMessage());
            return Optional.empty();
        }
    }

    /// After the log was walked.
    void finish(LogExtent log) {
        values.ifPresent(checkpoint -> {
            long latest = log.lastStoreTimestamp().orElse(0);
            checkTime("physicMsgTimestamp", 0, checkpoint.physicMsgTimestamp(), latest);
            checkTime("logicsMsgTimestamp", 8, checkpoint.logicsMsgTimestamp(), latest);
            checkTime("indexMsgTimestamp", 16, checkpoint.indexMsgTimestamp(), latest);
            checkOffset("masterFlushedOffset", 24, checkpoint.masterFlushedOffset(), log);
            checkOffset("confirmPhyOffset", 32, checkpoint.confirmPhyOffset(), log);
            checkOffset("logicsPhysicalOffset", 40, checkpoint.logicsPhysicalOffset(), log);
            checkIsRecord(checkpoint.logicsPhysicalOffset(), log);
        });
    }

    private void checkTime(String name, int position, long found, long latest) {
        if (found < 0 || found > latest) {
            faults.add(Kind.CHECKPOINT, StoreInspector.CHECKPOINT, position,
                    "%s of 0 to %d, the store time of the log's last record".formatted(name, latest), "" + found);
        }
    }

    private void checkOffset(String name, int position, long found, LogExtent log) {
        if (found < 0 || found > log.endOffset()) {
            faults.add(Kind.CHECKPOINT, StoreInspector.CHECKPOINT, position,
                    "%s of 0 to %d, the end of the log".formatted(name, log.endOffset()), "" + found);
        }
    }

    private void checkIsRecord(long offset, LogExtent log) {
        if (offset <= log.minOffset() || offset >= log.endOffset() || log.isDamaged(offset)) {
            return;
        }
        try (LogLookup lookup = new LogLookup(context.inspector())) {
            if (lookup.record(offset).isEmpty()) {
                faults.add(Kind.CHECKPOINT, StoreInspector.CHECKPOINT, 40,
                        "logicsPhysicalOffset at which a record begins", "" + offset);
            }
        }
    }
}
