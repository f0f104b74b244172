package dev.storescope.app.session.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.function.BooleanSupplier;

/// Writes a recording as JSON in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
///
/// A thread of the store is a thread of the trace; spans are complete events (`X`), instants are `i`. Times are
/// microseconds with three decimals, so no nanosecond is lost; 0 is the begin of what is written. What is still under
/// way ends with the recording and says so. Writes as it goes: memory does not grow with the recording.
public final class ChromeTraceWriter {
    private static final int PID = 1;
    private static final int LOST_TID = 0;
    private static final int DECIMALS = 3;
    private static final int LOOK_EVERY = 4_096;

    private final Recording recording;
    private final long fromNanos;
    private final long toNanos;
    private final BooleanSupplier cancelled;
    private long written;

    /// @param fromNanos what ended before is left out
    /// @param toNanos what begins after is left out
    /// @param cancelled asked now and then whether to stop
    public ChromeTraceWriter(Recording recording, long fromNanos, long toNanos, BooleanSupplier cancelled) {
        this.recording = recording;
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.cancelled = cancelled;
    }

    /// All that was recorded.
    public ChromeTraceWriter(Recording recording) {
        this(recording, recording.fromNanos(), recording.toNanos(), () -> false);
    }

    /// Writes everything; does not close `out`.
    ///
    /// @return how many spans and instants were written
    public long write(Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeObjectFieldStart("otherData");
        json.writeNumberField("fromNanos", fromNanos);
        json.writeNumberField("toNanos", toNanos);
        json.writeNumberField("putSamplingInterval", recording.putSamplingInterval());
        json.writeEndObject();
        json.writeArrayFieldStart("traceEvents");
        metadata(json, "process_name", LOST_TID, "Storescope");
        gaps(json);
        int tid = LOST_TID;
        for (Lane lane : recording.lanes()) {
            tid++;
            metadata(json, "thread_name", tid, lane.threadName());
            sortIndex(json, tid);
            for (Level level : Level.values()) {
                track(json, lane.track(level), tid);
                if (lane.open(level).isPresent() && !cancelled.getAsBoolean()) {
                    underWay(json, lane.open(level).get(), tid);
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        return written;
    }

    private void track(JsonGenerator json, Track track, int tid) throws IOException {
        for (long i = track.firstEndingFrom(fromNanos); i < track.end() && track.startNanos(i) <= toNanos; i++) {
            if (written % LOOK_EVERY == 0 && cancelled.getAsBoolean()) {
                return;
            }
            TraceKind kind = track.kind(i);
            begin(json, kind, track.startNanos(i), tid);
            if (kind.isInstant()) {
                json.writeStringField("s", "t");
            } else {
                json.writeFieldName("dur");
                json.writeNumber(micros(track.endNanos(i) - track.startNanos(i)));
            }
            arguments(json, kind, track.a(i), track.b(i), track.detail(i));
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void underWay(JsonGenerator json, Lane.Open open, int tid) throws IOException {
        if (open.startNanos() > toNanos) {
            return;
        }
        begin(json, open.kind(), open.startNanos(), tid);
        json.writeFieldName("dur");
        json.writeNumber(micros(Math.max(0, recording.toNanos() - open.startNanos())));
        arguments(json, open.kind(), open.a(), open.b(), open.detail());
        json.writeBooleanField("underWay", true);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void begin(JsonGenerator json, TraceKind kind, long startNanos, int tid) throws IOException {
        written++;
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("name", kind.words());
        json.writeStringField("cat", kind.level().name().toLowerCase(java.util.Locale.ROOT));
        json.writeStringField("ph", kind.isInstant() ? "i" : "X");
        json.writeNumberField("pid", PID);
        json.writeNumberField("tid", tid);
        json.writeFieldName("ts");
        json.writeNumber(micros(startNanos - fromNanos));
    }

    /// Opens the object of the arguments and leaves it open.
    private static void arguments(JsonGenerator json, TraceKind kind, long a, long b, long detail) throws IOException {
        json.writeObjectFieldStart("args");
        if (kind.tellsOffset() && a >= 0) {
            json.writeNumberField("offset", a);
        }
        if (kind.tellsBytes()) {
            json.writeNumberField("bytes", b);
        }
        switch (kind) {
            case PUT -> json.writeStringField("status", PutMessageStatus.values()[(int) detail].name());
            case PUT_ENDED -> json.writeStringField("status", PutMessageStatus.values()[(int) b].name());
            case FORCE -> json.writeNumberField("requests", detail);
            case LOST -> json.writeNumberField("events", a);
            case FLUSH_WAIT -> json.writeNumberField("requestsWrite", b);
            case SERVICE_WAITING -> json.writeNumberField("atMostNs", a);
            case SERVICE_HELD -> json.writeStringField("at", ProbePoint.values()[(int) a].name());
            case LISTS_SWAPPED, BATCH_ACKNOWLEDGED -> json.writeNumberField("requests", a);
            case RECOVERY -> json.writeNumberField("records", b);
            case QUEUE_ENTRY -> json.writeNumberField("queueOffset", b);
            case BUFFER_BORROWED, BUFFER_RETURNED -> json.writeNumberField("buffersFree", a);
            case SERVICE_RUNNING, COMMIT, ALLOCATION, LOCK_WAIT, LOCK_HELD, FILE_WAIT, APPEND, BLANK_WRITTEN,
                    FILE_ROLLED, FORCE_FAILED, COMMIT_FAILED, ALLOCATION_REQUESTED, ALLOCATION_FAILED,
                    ALLOCATION_TAKEN, BUFFER_NONE, DISPATCHED, INDEX_ENTRY, INDEX_FLUSHED, CHECKPOINT_WRITTEN,
                    FILE_DELETED, SLAVE_CONNECTED, SLAVE_ACKNOWLEDGED -> {
                // nothing more to say
            }
        }
    }

    private void gaps(JsonGenerator json) throws IOException {
        for (Recording.Gap gap : recording.gaps()) {
            if (gap.toNanos() >= fromNanos && gap.fromNanos() <= toNanos) {
                begin(json, TraceKind.LOST, gap.fromNanos(), LOST_TID);
                json.writeFieldName("dur");
                json.writeNumber(micros(gap.toNanos() - gap.fromNanos()));
                arguments(json, TraceKind.LOST, gap.events(), 0, 0);
                json.writeEndObject();
                json.writeEndObject();
            }
        }
    }

    private static void metadata(JsonGenerator json, String name, int tid, String value) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("ph", "M");
        json.writeNumberField("pid", PID);
        json.writeNumberField("tid", tid);
        json.writeObjectFieldStart("args");
        json.writeStringField("name", value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void sortIndex(JsonGenerator json, int tid) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("name", "thread_sort_index");
        json.writeStringField("ph", "M");
        json.writeNumberField("pid", PID);
        json.writeNumberField("tid", tid);
        json.writeObjectFieldStart("args");
        json.writeNumberField("sort_index", tid);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static BigDecimal micros(long nanos) {
        return BigDecimal.valueOf(nanos, DECIMALS);
    }
}
