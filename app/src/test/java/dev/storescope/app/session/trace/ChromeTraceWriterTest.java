package dev.storescope.app.session.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChromeTraceWriterTest {
    private static final String SERVICE = "GroupCommitService";
    private final Recorder recorder = new Recorder(16, 10_000);

    private static JsonNode write(ChromeTraceWriter writer) throws IOException {
        var text = new StringWriter();
        writer.write(text);
        return new ObjectMapper().readTree(text.toString());
    }

    private static List<JsonNode> events(JsonNode trace, String phase) {
        var events = new ArrayList<JsonNode>();
        trace.get("traceEvents").forEach(event -> {
            if (event.get("ph").asText().equals(phase)) {
                events.add(event);
            }
        });
        return events;
    }

    private void force(long from, long to) {
        recorder.onEvent(from, SERVICE, ProbePoint.LISTS_SWAPPED, 12, 0, 0);
        recorder.onEvent(from, SERVICE, ProbePoint.FORCE_BEGIN, 4_096, 8_192, 0);
        recorder.onEvent(to, SERVICE, ProbePoint.FORCE_END, 12_288, 8_192, to - from);
    }

    @Test
    void shouldWriteSpansInstantsAndNamesOfThreads() throws IOException {
        // given
        force(1_000, 1_234_567);
        recorder.onEvent(2_000_000, "producer-0", ProbePoint.PUT_BEGIN, 100, 0, 0);
        recorder.onEvent(2_000_500, "producer-0", ProbePoint.PUT_END, -1, 0, 500);
        // when
        JsonNode trace = write(new ChromeTraceWriter(recorder.copy()));
        // then
        JsonNode put = events(trace, "X").get(0);
        assertThat(put.get("name").asText()).isEqualTo("put");
        assertThat(put.get("ts").decimalValue()).isEqualByComparingTo("1999");
        assertThat(put.get("dur").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(put.get("args").get("status").asText()).isEqualTo("PUT_OK");
        JsonNode force = events(trace, "X").get(1);
        assertThat(force.get("name").asText()).isEqualTo("force");
        assertThat(force.get("ts").decimalValue()).isEqualByComparingTo("0");
        assertThat(force.get("dur").decimalValue()).as("to the nanosecond").isEqualByComparingTo("1233.567");
        assertThat(force.get("args").get("offset").asLong()).isEqualTo(4_096);
        assertThat(force.get("args").get("bytes").asLong()).isEqualTo(8_192);
        assertThat(force.get("args").get("requests").asLong()).isEqualTo(12);
        assertThat(events(trace, "i")).singleElement().satisfies(swap -> {
            assertThat(swap.get("name").asText()).isEqualTo("lists swapped");
            assertThat(swap.get("tid").asInt()).isEqualTo(force.get("tid").asInt());
        });
        assertThat(events(trace, "M")).filteredOn(event -> event.get("name").asText().equals("thread_name"))
                .extracting(event -> event.get("args").get("name").asText())
                .containsExactly("producer-0", SERVICE);
        assertThat(trace.get("otherData").get("putSamplingInterval").asInt()).isEqualTo(16);
    }

    @Test
    void shouldWriteWhatReachesIntoTheTimeAskedFor() throws IOException {
        for (int i = 0; i < 100; i++) {
            force(i * 1_000L, i * 1_000L + 500);
        }

        JsonNode trace = write(new ChromeTraceWriter(recorder.copy(), 10_100, 12_100, () -> false));

        assertThat(events(trace, "X")).hasSize(3)
                .first()
                .satisfies(first -> assertThat(first.get("ts").decimalValue()).isEqualByComparingTo("-0.1"));
    }

    @Test
    void shouldWriteWhatWasLostAndWhatIsUnderWay() throws IOException {
        force(0, 10);
        recorder.onLost(SERVICE, 77);
        recorder.onEvent(5_000, SERVICE, ProbePoint.FORCE_BEGIN, 0, 1, 0);
        recorder.onEvent(9_000, "producer-0", ProbePoint.LOCK_WAIT, 0, 0, 0);
        recorder.lost(6_000, 7_000, 5);
        recorder.onEvent(9_500, SERVICE, ProbePoint.FORCE_BEGIN, 0, 1, 0);

        JsonNode trace = write(new ChromeTraceWriter(recorder.copy()));

        assertThat(events(trace, "X")).filteredOn(event -> event.get("name").asText().equals("lost"))
                .extracting(event -> event.get("args").get("events").asLong())
                .containsExactlyInAnyOrder(77L, 5L);
        assertThat(events(trace, "X")).filteredOn(event -> event.get("args").has("underWay"))
                .extracting(event -> event.get("name").asText())
                .containsExactly("force");
    }

    @Test
    void shouldStopWhenAskedTo() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            force(i * 1_000L, i * 1_000L + 500);
        }
        var asked = new AtomicInteger();

        JsonNode trace = write(
                new ChromeTraceWriter(recorder.copy(), 0, Long.MAX_VALUE, () -> asked.incrementAndGet() > 1));

        assertThat(events(trace, "X").size() + events(trace, "i").size()).isBetween(1, 9_000);
    }
}
