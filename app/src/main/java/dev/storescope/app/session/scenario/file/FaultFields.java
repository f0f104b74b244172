package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Mapping;
import dev.storescope.app.session.scenario.file.YamlNode.Place;
import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Fault.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A fault: a word, or a word with figures, such as `slowForce: {extra: 20ms}`.
final class FaultFields {
    /// Services that can be held, by the names of their threads.
    static final List<String> SERVICES = List.of("AllocateMappedFileService", "GroupCommitService", "FlushDiskWatcher",
            "CommitRealTimeService", "FlushRealTimeService", "ReputMessageService", "ScheduleMessageService",
            "FlushConsumeQueueService", "FlushIndexService", "CleanCommitLogService", "CleanConsumeQueueService",
            "StoreStatsService", "FlushCheckpointService");
    private static final List<String> WORDS = List.of("slowForce", "stalledForce", "failingForce", "failingWrite",
            "shortWrite", "diskFull", "failingMapping", "slowAllocation", "noLockPrivilege", "clockJump",
            "heldService");
    private static final Map<Where, String> PLACES = places();
    private static final String FOR_EVER = "forever";
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final long MOST_TIMES = 1_000_000_000;
    private static final long LONGEST_JUMP_MS = 3_650L * 86_400_000;
    private static final String EXPECTED = "a fault: " + Fields.oneOf(WORDS);

    private FaultFields() {
    }

    private static Map<Where, String> places() {
        Map<Where, String> places = new LinkedHashMap<>();
        places.put(Where.ANY_FILE, "anyFile");
        places.put(Where.COMMIT_LOG, "commitLog");
        places.put(Where.CONSUME_QUEUES, "consumeQueues");
        places.put(Where.INDEX, "index");
        places.put(Where.CHECKPOINT, "checkpoint");
        return places;
    }

    static Optional<Fault> read(YamlNode node, String path, Problems problems) {
        return switch (node) {
            case Scalar(Place place, String word) -> read(word, new Mapping(place, List.of()), place, path, problems);
            case Mapping(Place _, var entries) when entries.size() == 1 -> {
                YamlNode.Entry entry = entries.getFirst();
                YamlNode figures = entry.value() instanceof Scalar(Place place, String text) && text.isEmpty()
                        ? new Mapping(place, List.of())
                        : entry.value();
                yield read(entry.name(), figures, entry.place(), path, problems);
            }
            default -> {
                problems.add(node.place(), path, EXPECTED, node.kind());
                yield Optional.empty();
            }
        };
    }

    private static Optional<Fault> read(String word, YamlNode figures, Place place, String path, Problems problems) {
        if (!WORDS.contains(word)) {
            problems.add(place, path, EXPECTED, "'" + Shortened.text(word) + "'", NearestWord.hint(word, WORDS));
            return Optional.empty();
        }
        Optional<Fields> fields = Fields.of(figures, path + "." + word, problems, "the figures of the fault");
        int before = problems.count();
        Optional<Fault> fault = fields.map(it -> fault(word, it));
        fields.ifPresent(Fields::end);
        return problems.count() == before ? fault : Optional.empty();
    }

    private static Fault fault(String word, Fields fields) {
        return switch (word) {
            case "slowForce" -> new Fault.SlowForce(extraNs(fields));
            case "stalledForce" -> new Fault.StalledForce();
            case "failingForce" -> new Fault.FailingForce(where(fields), successes(fields), failures(fields));
            case "failingWrite" -> new Fault.FailingWrite(where(fields), successes(fields), failures(fields));
            case "shortWrite" -> new Fault.ShortWrite(where(fields), successes(fields), failures(fields));
            case "diskFull" -> new Fault.DiskFull(required(fields, "capacity",
                    fields.bytes("capacity", 0, Long.MAX_VALUE, 0)));
            case "failingMapping" -> new Fault.FailingMapping(where(fields), successes(fields), failures(fields));
            case "slowAllocation" -> new Fault.SlowAllocation(extraNs(fields));
            case "noLockPrivilege" -> new Fault.NoLockPrivilege();
            case "clockJump" -> new Fault.ClockJump(required(fields, "millis",
                    fields.number("millis", -LONGEST_JUMP_MS, LONGEST_JUMP_MS, 0)));
            default -> new Fault.HeldService(service(fields));
        };
    }

    private static String service(Fields fields) {
        if (!fields.has("service")) {
            fields.missing("service", Fields.oneOf(SERVICES));
        }
        return fields.word("service", SERVICES, name -> name).orElse("");
    }

    private static long extraNs(Fields fields) {
        return required(fields, "extra", fields.nanos("extra", 0, LONGEST_NS, 0));
    }

    private static long required(Fields fields, String name, long value) {
        if (!fields.has(name)) {
            fields.missing(name, "a value");
        }
        return value;
    }

    private static Where where(Fields fields) {
        return fields.word("where", List.of(Where.values()), PLACES::get).orElse(Where.ANY_FILE);
    }

    private static long successes(Fields fields) {
        return fields.number("successes", 0, MOST_TIMES, 0);
    }

    private static long failures(Fields fields) {
        return fields.value("failures", "a number from 1 to %d, or %s".formatted(MOST_TIMES, FOR_EVER),
                FaultFields::times).orElse(Fault.FOR_EVER);
    }

    private static Optional<Long> times(String text) {
        if (text.equals(FOR_EVER)) {
            return Optional.of(Fault.FOR_EVER);
        }
        OptionalLong times = Fields.whole(text);
        return times.isPresent() && times.getAsLong() >= 1 && times.getAsLong() <= MOST_TIMES
                ? Optional.of(times.getAsLong())
                : Optional.empty();
    }

    static Object write(Fault fault) {
        return switch (fault) {
            case Fault.SlowForce(long extraNs) -> Map.of("slowForce", Map.of("extra", Durations.text(extraNs)));
            case Fault.StalledForce() -> "stalledForce";
            case Fault.FailingForce(var where, long successes, long failures) ->
                    Map.of("failingForce", times(where, successes, failures));
            case Fault.FailingWrite(var where, long successes, long failures) ->
                    Map.of("failingWrite", times(where, successes, failures));
            case Fault.ShortWrite(var where, long successes, long failures) ->
                    Map.of("shortWrite", times(where, successes, failures));
            case Fault.DiskFull(long bytes) -> Map.of("diskFull", Map.of("capacity", Sizes.text(bytes)));
            case Fault.FailingMapping(var where, long successes, long failures) ->
                    Map.of("failingMapping", times(where, successes, failures));
            case Fault.SlowAllocation(long extraNs) ->
                    Map.of("slowAllocation", Map.of("extra", Durations.text(extraNs)));
            case Fault.NoLockPrivilege() -> "noLockPrivilege";
            case Fault.ClockJump(long millis) -> Map.of("clockJump", Map.of("millis", millis));
            case Fault.HeldService(String service) -> Map.of("heldService", Map.of("service", service));
        };
    }

    private static Map<String, Object> times(Where where, long successes, long failures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("where", PLACES.get(where));
        fields.put("successes", successes);
        fields.put("failures", failures == Fault.FOR_EVER ? FOR_EVER : failures);
        return fields;
    }
}
