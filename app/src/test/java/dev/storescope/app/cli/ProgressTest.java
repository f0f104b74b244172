package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.cli.Progress.Output;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final StringWriter text = new StringWriter();

    @Test
    void shouldMoveABarOnATerminal() {
        // given
        Progress progress = new Progress(new PrintWriter(text), Output.TERMINAL, 0);
        // when
        progress.show(load(SECOND, 250), 0);
        progress.show(load(2 * SECOND, 500), 0);
        progress.end();
        // then
        assertThat(text.toString().split("\r\u001b\\[K")).containsExactly("",
                "[######------------------]  25 %  250 messages  250/s",
                "[############------------]  50 %  500 messages  250/s");
    }

    @Test
    void shouldPrintALineEveryFiveSecondsElsewhere() {
        // given
        Progress progress = new Progress(new PrintWriter(text), Output.FILE_OR_PIPE, 0);
        // when
        for (int second = 1; second <= 10; second++) {
            progress.show(load(second * SECOND, second * 100), 0);
        }
        progress.end();
        // then
        assertThat(text.toString().lines()).containsExactly(" 50 %  500 messages  100/s",
                "100 %  1,000 messages  100/s");
    }

    @Test
    void shouldTellRefusedAndMissedMessages() {
        // given
        Progress progress = new Progress(new PrintWriter(text), Output.FILE_OR_PIPE, 0);
        LoadSnapshot load = load(5 * SECOND, Map.of(PutMessageStatus.OS_PAGECACHE_BUSY, 10L), 20);
        // when
        progress.show(load, 0);
        // then
        assertThat(text.toString().lines()).containsExactly("  1 %  10 messages  2/s  refused 10  missed 20");
    }

    @Test
    void shouldSeeTheLengthOfTheLogComeNearItsLimit() {
        // given
        Progress progress = new Progress(new PrintWriter(text), Output.FILE_OR_PIPE, 1L << 30);
        // when
        progress.show(load(5 * SECOND, 10), (1L << 30) + (3L << 28));
        // then
        assertThat(text.toString()).startsWith(" 25 %");
    }

    private static LoadSnapshot load(long elapsedNs, long messages) {
        return load(elapsedNs, Map.of(PutMessageStatus.PUT_OK, messages), 0);
    }

    private static LoadSnapshot load(long elapsedNs, Map<PutMessageStatus, Long> sent, long missed) {
        LoadSpec spec = LoadSpec.builder().limits(LoadLimits.DEFAULT.withMessages(1_000)).build();
        long messages = sent.values().stream().mapToLong(Long::longValue).sum();
        return new LoadSnapshot(LoadState.RUNNING, spec, elapsedNs, 1, messages, messages, sent, missed, 0, messages,
                0, 0, OptionalDouble.empty(), Optional.empty());
    }
}
