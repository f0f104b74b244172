package dev.storescope.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.Pacing;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// What a load did, when it has ended.
///
/// @param latency of each put that was stored, from its intended moment, in nanoseconds; empty when none was
/// @param store at the end of the load, before it was closed
record LoadSummary(LoadSnapshot load, LoadEnd end, Histogram latency, StoreSnapshot store) {
    private static final double[] PERCENTILES = {50, 99, 99.9};

    double messagesPerSecond() {
        return load.acknowledged() / seconds();
    }

    /// Of what was written to the log, in millions of bytes.
    double megabytesPerSecond() {
        return load.recordBytes() / 1e6 / seconds();
    }

    private double seconds() {
        return Math.max(load.elapsedNs(), 1) / 1e9;
    }

    private double meanBatch() {
        StoreSnapshot.Counters counters = store.counters();
        return counters.batches() == 0 ? 0 : (double) counters.batchedRequests() / counters.batches();
    }

    void print(PrintWriter out) {
        line(out, "ended", end.reason());
        line(out, "messages", "%s acknowledged of %s sent in %s".formatted(Numbers.count(load.acknowledged()),
                Numbers.count(load.sent()), Numbers.duration(load.elapsedNs())));
        line(out, "rate", "%s messages/s, %s MB/s".formatted(Numbers.count(Math.round(messagesPerSecond())),
                Numbers.threeDigits(megabytesPerSecond())));
        line(out, "latency", hasLatency()
                ? "p50 %s  p99 %s  p99.9 %s  max %s".formatted(percentile(50), percentile(99), percentile(99.9),
                        Numbers.duration(latency.getMaxValue()))
                : "-");
        line(out, "forces", store.counters().batches() == 0
                ? Numbers.count(store.counters().forces())
                : "%s, mean batch %s puts".formatted(Numbers.count(store.counters().forces()),
                        Numbers.threeDigits(meanBatch())));
        line(out, "file rolls", "%s, preallocation hits %s of %s".formatted(
                Numbers.count(store.counters().fileRolls()), Numbers.count(store.allocator().hits()),
                Numbers.count(store.allocator().hits() + store.allocator().waits())));
        if (!(load.spec().pacing() instanceof Pacing.ClosedLoop)) {
            line(out, "open loop", "%s missed, %s sent late".formatted(Numbers.count(load.missed()),
                    Numbers.count(load.late())));
        }
        if (load.refused() > 0) {
            line(out, "refused", refusals());
        }
        line(out, "store", store.config().storePathRootDir() + ", seed " + load.spec().seed());
        out.flush();
    }

    /// `12 FLUSH_DISK_TIMEOUT, 3 SERVICE_NOT_AVAILABLE`
    String refusals() {
        return load.sentByStatus()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey() != PutMessageStatus.PUT_OK)
                .map(entry -> Numbers.count(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    ObjectNode json(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("directory", store.config().storePathRootDir().toString());
        json.set("settings", mapper.valueToTree(store.config().changedFromDefaults()));
        json.put("seed", load.spec().seed());
        json.put("producers", load.spec().producers());
        json.put("endCause", end.cause().name());
        json.put("endReason", end.reason());
        json.put("messages", load.acknowledged());
        json.put("sent", load.sent());
        json.set("sentByStatus", mapper.valueToTree(load.sentByStatus()));
        json.put("missed", load.missed());
        json.put("late", load.late());
        json.put("elapsedSeconds", Numbers.rounded(seconds(), 6));
        json.put("messagesPerSecond", Numbers.rounded(messagesPerSecond(), 1));
        json.put("megabytesPerSecond", Numbers.rounded(megabytesPerSecond(), 3));
        json.put("bodyBytes", load.bodyBytes());
        json.put("recordBytes", load.recordBytes());
        ObjectNode latencyNs = json.putObject("latencyNs");
        for (double percentile : PERCENTILES) {
            latencyNs.put("p" + Double.toString(percentile).replaceFirst("\\.0$", ""),
                    hasLatency() ? latency.getValueAtPercentile(percentile) : null);
        }
        latencyNs.put("max", hasLatency() ? latency.getMaxValue() : null);
        json.put("forces", store.counters().forces());
        json.put("meanBatch", store.counters().batches() == 0 ? null : Numbers.rounded(meanBatch(), 3));
        json.put("fileRolls", store.counters().fileRolls());
        json.put("preallocationHits", store.allocator().hits());
        json.put("preallocationWaits", store.allocator().waits());
        return json;
    }

    private boolean hasLatency() {
        return latency.getTotalCount() > 0;
    }

    private String percentile(double percentile) {
        return Numbers.duration(latency.getValueAtPercentile(percentile));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-12s%s".formatted(name, value));
    }
}
