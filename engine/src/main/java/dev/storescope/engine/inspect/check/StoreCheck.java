package dev.storescope.engine.inspect.check;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.inspect.StoreInspector;

/// Proves a store: every record of the log, every queue entry and every index entry against the log and the log against
/// them, every chain of the index, the checkpoint.
///
/// Never writes to the directory and takes no lock: a running broker's store may be checked too, and what it has not
/// dispatched yet is no fault. Memory: one bit for each entry of queues and index, and what the report takes.
///
/// Threads: any.
public final class StoreCheck {
    private final StoreEnvironment environment;
    private final MessageStoreConfig config;
    private final StoreInspector inspector;

    /// @param config the directory, and what files do not say: `maxHashSlotNum`, `maxIndexNum`, `messageDelayLevel`
    public StoreCheck(StoreEnvironment environment, MessageStoreConfig config) {
        this.environment = environment;
        this.config = config;
        inspector = new StoreInspector(environment, config.storePathRootDir());
    }

    /// Throws [dev.storescope.engine.api.StoreException] when the directory is none of a store, or cannot be read.
    public CheckReport run(CheckProgress progress) {
        inspector.requireStore();
        CheckContext context = new CheckContext(inspector, environment, config,
                inspector.mayBeRunning()
                        ? CheckContext.State.RUNNING_OR_KILLED
                        : CheckContext.State.CLOSED);
        FaultList faults = new FaultList();
        CheckpointCheck checkpoint = new CheckpointCheck(context, faults);
        try (QueueCheck queues = new QueueCheck(context, faults); IndexCheck index = new IndexCheck(context, faults)) {
            index.checkFiles(progress);
            LogExtent log = new LogCheck(inspector, faults, record -> {
                queues.record(record);
                index.record(record);
            }, progress).walk();
            queues.finish(log, progress);
            index.finish(log);
            checkpoint.finish(log);
            return new CheckReport(inspector.directory(), log, queues.queuesOnDisk(), queues.entries(),
                    index.filesOnDisk(), index.entries(), index.shapes(), faults.places(), faults.faults(),
                    faults.notes());
        }
    }
}
