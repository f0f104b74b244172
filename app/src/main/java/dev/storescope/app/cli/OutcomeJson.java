package dev.storescope.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storescope.app.session.scenario.EventTally;
import dev.storescope.app.session.scenario.LedgerSummary;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Ledger;

/// What came of a scenario, for programs. Times are nanoseconds, hashes hexadecimal texts.
final class OutcomeJson {
    private OutcomeJson() {
    }

    static ObjectNode of(ScenarioOutcome outcome, String file, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("file", file);
        json.put("title", outcome.scenario().title().english());
        json.put("seed", outcome.scenario().spec().seed());
        json.put("world", outcome.scenario().spec().model().name());
        json.set("settings", mapper.valueToTree(outcome.scenario().spec().config().changedFromDefaults()));
        json.put("nanos", outcome.clock().nanos());
        json.put("steps", outcome.clock().steps());
        json.put("end", outcome.clock().reason().name());
        json.put("phase", outcome.phase().name());
        json.put("failure", outcome.failure());
        json.put("traceHash", hex(outcome.traceHash()));
        json.put("platterHash", hex(outcome.platterHash()));
        json.put("promisesKept", outcome.areAllPromisesKept());
        tally(outcome.tally(), json.putObject("events"));
        ledger(outcome.ledger(), json.putObject("ledger"), mapper);
        outcome.crashes().forEach(crash -> crash(crash, json.withArray("crashes").addObject()));
        outcome.recoveries().forEach(report -> recovery(report, json.withArray("recoveries").addObject()));
        ArrayNode expected = json.putArray("expected");
        outcome.scenario().expectations().forEach(each -> {
            ObjectNode node = expected.addObject();
            node.put("figure", each.figure().word());
            node.put("unit", each.figure().measure().unit());
            node.put("bound", each.bound().kind().name());
            node.put("value", each.bound().value());
            node.put("found", each.figure().in(outcome));
            node.put("met", each.bound().holdsFor(each.figure().in(outcome)));
        });
        ArrayNode notReached = json.putArray("notReached");
        outcome.notReached().forEach(moment -> notReached.add(moment.toString()));
        return json;
    }

    private static void tally(EventTally tally, ObjectNode json) {
        json.put("puts", tally.puts());
        json.put("meanPutNs", tally.meanPutNs());
        json.put("putP50Ns", tally.putNsAtPercentile(50));
        json.put("putP99Ns", tally.putNsAtPercentile(99));
        json.put("putP999Ns", tally.putNsAtPercentile(99.9));
        json.put("longestPutNs", tally.longestPutNs());
        json.put("forces", tally.forces());
        json.put("failedForces", tally.failedForces());
        json.put("forcedBytes", tally.forcedBytes());
        json.put("meanForceNs", tally.meanForceNs());
        json.put("longestForceNs", tally.longestForceNs());
        json.put("batches", tally.batches());
        json.put("batchedPuts", tally.batchedPuts());
        json.put("largestBatch", tally.largestBatch());
        json.put("commits", tally.commits());
        json.put("fileRolls", tally.fileRolls());
        json.put("allocationHits", tally.allocationHits());
        json.put("allocationWaits", tally.allocationWaits());
        json.put("failedAllocations", tally.failedAllocations());
        json.put("longestAllocationWaitNs", tally.longestAllocationWaitNs());
        json.put("dispatched", tally.dispatched());
        json.put("mostDispatchBehindBytes", tally.mostDispatchBehindBytes());
        ObjectNode told = json.putObject("told");
        for (ProbePoint point : ProbePoint.values()) {
            if (tally.told(point) > 0) {
                told.put(point.name(), tally.told(point));
            }
        }
    }

    private static void ledger(LedgerSummary ledger, ObjectNode json, ObjectMapper mapper) {
        json.put("messages", ledger.messages());
        json.put("acknowledged", ledger.acknowledged());
        json.put("unanswered", ledger.unanswered());
        json.set("byStatus", mapper.valueToTree(ledger.byStatus()));
        json.set("byFate", mapper.valueToTree(ledger.byFate()));
        json.put("brokenPromises", ledger.brokenPromises());
        ArrayNode strangers = json.putArray("strangers");
        for (Ledger.Stranger stranger : ledger.strangers()) {
            strangers.addObject()
                    .put("offset", stranger.offset())
                    .put("topic", stranger.topic())
                    .put("queueId", stranger.queueId())
                    .put("reason", stranger.reason());
        }
    }

    private static void crash(Crash crash, ObjectNode json) {
        json.put("kind", crash.kind().name());
        json.put("nanos", crash.nanos());
        json.put("step", crash.step());
        json.put("flushedOffset", crash.flushedOffset());
        json.put("committedOffset", crash.cachedOffset());
        json.put("wroteOffset", crash.wroteOffset());
    }

    private static void recovery(RecoveryReport report, ObjectNode json) {
        json.put("lastStop", report.lastStop().name());
        json.put("files", report.files());
        json.put("recordsChecked", report.recordsChecked());
        json.put("bytesChecked", report.bytesChecked());
        json.put("startOffset", report.startOffset());
        json.put("endOffset", report.endOffset());
        json.put("cutBytes", report.cutBytes());
        json.put("holes", report.holes().size());
        json.put("holeBytes", report.holes().stream().mapToLong(LogHole::sizeBytes).sum());
        queues(report.queues(), json.putObject("queues"));
        index(report.index(), json.putObject("index"));
        json.put("durationNs", report.durationNs());
        times(report.times(), json.putObject("times"));
        ArrayNode deleted = json.putArray("filesDeleted");
        report.filesDeleted().forEach(deleted::add);
        ArrayNode notes = json.putArray("notes");
        report.notes().forEach(notes::add);
    }

    private static void queues(RecoveryReport.QueueFigures queues, ObjectNode json) {
        json.put("queues", queues.queues());
        json.put("entriesBuilt", queues.entriesBuilt());
        json.put("entriesCorrected", queues.entriesCorrected());
        json.put("entriesCut", queues.entriesCut());
        json.put("recordsWithoutPlace", queues.recordsWithoutPlace());
        ArrayNode emptied = json.putArray("emptied");
        queues.emptied().forEach(emptied::add);
    }

    private static void index(RecoveryReport.IndexFigures index, ObjectNode json) {
        json.put("files", index.files());
        json.put("builtFromOffset", index.builtFromOffset());
        json.put("entriesBuilt", index.entriesBuilt());
        json.put("leftBytes", index.leftBytes());
        ArrayNode deleted = json.putArray("filesDeleted");
        index.filesDeleted().forEach(deleted::add);
    }

    private static void times(RecoveryReport.PhaseTimes times, ObjectNode json) {
        json.put("loadNs", times.loadNs());
        json.put("logNs", times.logNs());
        json.put("queuesNs", times.queuesNs());
        json.put("indexNs", times.indexNs());
    }

    private static String hex(long hash) {
        return "%016x".formatted(hash);
    }
}
