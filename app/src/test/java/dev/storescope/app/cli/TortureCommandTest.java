package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.torture.TortureCase;
import dev.storescope.engine.torture.TortureMode;
import dev.storescope.engine.torture.TortureRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TortureCommandTest {
    @TempDir private Path folder;

    @Test
    void shouldSayHowManySeedsKeptTheirPromises() {
        // when
        CommandRun run = CommandRun.of("torture", "--seeds", "30", "--first", "5", "--threads", "2");
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.outText()).contains("seeds       30 from 5 on, all modes").contains("promises    kept");
    }

    @Test
    void shouldSaveASeedAsAScenarioThatIsTheVeryRun() {
        // given
        CommandRun torture = CommandRun.of("torture", "--first", "8", "--seeds", "1", "--mode", "sync", "--save",
                folder);
        // when
        CommandRun simulate = CommandRun.of("simulate", folder.resolve("torture-sync-8.yaml"));
        // then
        assertThat(torture.exitCode()).isZero();
        assertThat(simulate.err()).isEmpty();
        assertThat(simulate.exitCode()).isZero();
        long hash = TortureRun.of(TortureCase.of(8, TortureMode.SYNC)).traceHash();
        assertThat(simulate.outText()).contains("trace hash  %016x".formatted(hash));
    }

    @Test
    void shouldRefuseWrongNumbersAndSayWhatWasExpected() {
        assertThat(CommandRun.of("torture", "--seeds", "0").err())
                .anySatisfy(line -> assertThat(line).contains("--seeds").contains("1 or more"));
        assertThat(CommandRun.of("torture", "--mode", "fast").err())
                .anySatisfy(line -> assertThat(line).contains("expected sync or async or pool"));
        assertThat(CommandRun.of("torture", "--save", folder.resolve("none")).exitCode()).isEqualTo(2);
    }
}
