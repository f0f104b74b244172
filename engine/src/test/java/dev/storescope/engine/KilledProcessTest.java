package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.CrashProgram;
import dev.storescope.engine.testing.CrashProgram.Line;
import dev.storescope.engine.testing.CrashProgram.Mode;
import dev.storescope.engine.testing.LogContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Processes of their own that die at a random moment, on real files, held to what they wrote down as acknowledged.
/// `-Dcrash.kills=10` kills more often.
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 3);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"SYNC", "ASYNC"})
    void shouldLoseNothingThatWasAcknowledged(Mode mode) throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            // when
            List<Line> acknowledged = runUntilKilled(mode, kill);
            // then
            List<Line> lost = lost(mode, acknowledged);
            assertThat(lost).as("%s, kill %d: acknowledged and lost", mode, kill).isEmpty();
        }
    }

    @Test
    void shouldLoseWhatIsNotCommittedWithThePool() throws Exception {
        int lost = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Path ledger = folder.resolve("ledger");
            lost += lost(Mode.POOL, runUntilKilled(Mode.POOL, kill)).size();
            // what is lost is lost for ever
            Files.delete(ledger);
        }
        assertThat(lost).as("lost by %d kills: a test that sees none proves nothing", KILLS).isPositive();
    }

    private List<Line> runUntilKilled(Mode mode, int seed) throws IOException, InterruptedException {
        Path ledger = folder.resolve("ledger");
        Path store = folder.resolve("store");
        Process process = CrashProgram.start(store, mode, Integer.toString(seed), ledger.toString());
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("%s, seed %d: the process ends", mode, seed).isTrue();
        assertThat(process.exitValue()).as("%s, seed %d, %s", mode, seed, Files.readString(CrashProgram.errors(store)))
                .isEqualTo(CrashProgram.HALTED);
        return CrashProgram.lines(ledger);
    }

    /// Those of the acknowledged messages that the store does not have as they were put.
    private List<Line> lost(Mode mode, List<Line> acknowledged) {
        DefaultMessageStore store = new DefaultMessageStore(CrashProgram.config(folder.resolve("store"), mode),
                LiveEnvironment.withoutProbe());
        store.load();
        try (store) {
            assertThat(store.snapshot().recovery().lastStop()).isEqualTo(RecoveryReport.LastStop.UNCLEAN);
            Map<Long, Line> inLog = LogContents.of(store)
                    .stream()
                    .collect(Collectors.toMap(MessageExt::commitLogOffset, Line::of));
            assertThat(acknowledged).isNotEmpty();
            assertThat(acknowledged.stream().map(Line::offset).collect(Collectors.toSet())).hasSameSizeAs(acknowledged);
            return acknowledged.stream().filter(line -> !line.equals(inLog.get(line.offset()))).toList();
        }
    }
}
