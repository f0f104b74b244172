package dev.storescope.engine.recovery;

import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.RecoveryReport.QueueFigures;
import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.queue.ConsumeQueue;
import dev.storescope.engine.queue.ConsumeQueueStore;
import dev.storescope.engine.queue.QueueRebuild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Brings the consume queues into line with a log that has been recovered: every record behind the [OpeningStart] passes by
/// once more, so that the queues say exactly what the log says, whatever was missing, damaged or behind the log's end
/// (`store.md` §7). The queue offsets of the next messages come from the queues.
///
/// Threads: the one that loads the store.
public final class QueueRecovery {
    private final StoreEnvironment environment;
    private final CommitLog log;
    private final ConsumeQueueStore queues;

    public QueueRecovery(StoreEnvironment environment, CommitLog log, ConsumeQueueStore queues) {
        this.environment = environment;
        this.log = log;
        this.queues = queues;
    }

    /// @param logReport what the recovery of the log found
    /// @param start where the check of the log began
    /// @param beforeChange called once before a queue is changed
    /// @return the same, with what was found and done here
    public RecoveryReport recover(RecoveryReport logReport, OpeningStart start, BeforeChange beforeChange)
            throws IOException {
        long began = environment.nanoTime();
        long minOffset = log.files().minOffset();
        long endOffset = logReport.endOffset();
        QueueRebuild rebuild = queues.rebuildBehind(start.point(), minOffset, endOffset);
        rebuild.beforeChange(beforeChange);
        queues.goOnBehind(start.point());
        new LogReplay(environment, log.files(), log.holes()).feed(start.offset(), endOffset, rebuild);
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
                environment.nanoTime() - began, notes);
    }
}
