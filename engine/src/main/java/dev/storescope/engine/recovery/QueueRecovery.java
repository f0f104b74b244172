package dev.storescope.engine.recovery;

import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.RecoveryReport.QueueFigures;
import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.queue.ConsumeQueue;
import dev.storescope.engine.queue.ConsumeQueueStore;
import dev.storescope.engine.queue.QueueRebuild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Brings the consume queues into line with a log that is being recovered: every record behind the [OpeningStart] that is
/// found sound passes by, so that the queues say exactly what the log says, whatever was missing, damaged or behind the log's
/// end (`store.md` §7). The queue offsets of the next messages come from the queues.
///
/// Threads: the one that loads the store.
public final class QueueRecovery implements CommitLogDispatcher {
    private final StoreEnvironment environment;
    private final CommitLog log;
    private final ConsumeQueueStore queues;
    private final OpeningStart start;
    private final QueueRebuild rebuild;

    /// @param start where the check of the log begins
    /// @param beforeChange called once before a queue is changed
    public QueueRecovery(StoreEnvironment environment, CommitLog log, ConsumeQueueStore queues, OpeningStart start,
            BeforeChange beforeChange) {
        this.environment = environment;
        this.log = log;
        this.queues = queues;
        this.start = start;
        rebuild = queues.rebuildBehind(start.point(), log.files().minOffset());
        rebuild.beforeChange(beforeChange);
        queues.goOnBehind(start.point());
    }

    @Override
    public void dispatch(DispatchRequest request) {
        rebuild.dispatch(request);
    }

    /// All records have passed by, and the holes of the log are known.
    ///
    /// @param logReport what the recovery of the log found
    /// @return the same, with what was found and done here
    public RecoveryReport end(RecoveryReport logReport) throws IOException {
        long began = environment.nanoTime();
        rebuild.end(logReport.lastStop());
        if (logReport.lastStop() == LastStop.UNCLEAN) {
            queues.settleAfterCrash(start.point());
        }
        for (ConsumeQueue queue : queues.all()) {
            log.queueOffsets().begin(queue.topic(), queue.queueId(), queue.maxQueueOffset());
        }
        List<String> notes = new ArrayList<>(logReport.notes());
        notes.addAll(queues.notes());
        return logReport.withQueues(
                new QueueFigures(queues.all().size(), rebuild.entriesAdded(), rebuild.entriesCorrected(),
                        rebuild.entriesCut(), rebuild.recordsWithoutPlace(), queues.emptied()),
                logReport.times().queuesNs() + environment.nanoTime() - began, notes);
    }
}
