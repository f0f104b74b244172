package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class StorescopeCommandTest {
    @Test
    void shouldOpenTheWindowWithoutACommand() {
        // given
        List<String> opened = new ArrayList<>();
        // when
        int exitCode = StorescopeCommand.run(new String[0], () -> {
            opened.add("window");
            return 0;
        }, ScenarioPictures.NONE);
        // then
        assertThat(exitCode).isZero();
        assertThat(opened).containsExactly("window");
    }

    @Test
    void shouldGiveBackTheWindowsExitCode() {
        assertThat(StorescopeCommand.run(new String[0], () -> 1, ScenarioPictures.NONE)).isEqualTo(1);
    }

    @Test
    void shouldTakeFurtherCommands() {
        // given
        Further further = new Further();
        // when
        int exitCode = StorescopeCommand.run(new String[] {"further"}, () -> 1, ScenarioPictures.NONE, further);
        // then
        assertThat(exitCode).isZero();
        assertThat(further.called).isTrue();
    }

    @Test
    void shouldExplainItself() {
        // when
        CommandRun run = CommandRun.of("--help");
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.outText()).contains("load", "inspect", "wrong use");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldExplainEachOptionOfEachCommand() {
        assertThat(CommandRun.of("load", "--help").outText()).contains("--dir=DIR", "--messages=N", "--seconds=S",
                "--producers=P", "--rate=R", "--body=BYTES|MIN-MAX", "--topics=T", "--queues=Q", "--keys", "--tags=N",
                "--batch=N", "--flush=sync|async", "--transient-pool", "--segment-size=SIZE", "--set=name=value",
                "--seed=S", "--acks=FILE", "--json=FILE");
        assertThat(CommandRun.of("inspect", "--help").outText()).contains("DIR", "--json");
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(CommandRun.of("--version").out()).singleElement()
                .asString()
                .matches("storescope \\d+\\.\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly", "--fly", "load", "load --dir x --fly", "load --dir x --messages many",
        "load --dir x --messages 1 --seconds 1", "load --dir x --flush never", "load --dir x --body 5-4",
        "load --dir x --body 1-2-3", "load --dir x --body 1-", "load --dir x --segment-size -1K",
        "load --dir x --segment-size 1234",
        "load --dir x --producers 257", "load --dir x --rate -1", "load --dir x --messages 0",
        "load --dir x --set flushDiskType=SOMETIMES", "load --dir x --set noSuchSetting=1",
        "load --dir x --set flushDiskType", "load --dir x --min-free 101", "inspect", "inspect a b",
        "inspect a --json --records"})
    void shouldCallItWrongUse(String line) {
        // when
        CommandRun run = CommandRun.of((Object[]) line.split(" "));
        // then
        assertThat(run.exitCode()).as("%s: %s", line, run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasSizeBetween(1, 2).first().asString().startsWith("storescope");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--body -1 | option '--body': expected BYTES or MIN-MAX, such as 1K or 100-4K, found '-1'",
        "--body 1- | option '--body': expected BYTES or MIN-MAX, such as 1K or 100-4K, found '1-'",
        "--body 4K-1K | option '--body': expected MIN-MAX, the shorter first, found '4K-1K': 4,096 > 1,024 bytes",
        "--flush maybe | option '--flush': expected sync or async, found 'maybe'",
        "--set a | Value for option '--set' (name=value) should be in KEY=VALUE format but was a"})
    void shouldSayWhatWasExpectedAndWhatWasGiven(String option, String message) {
        // when
        CommandRun run = CommandRun.of((Object[]) ("load --dir x " + option).split(" "));
        // then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).first().asString().endsWith(message);
    }

    @Test
    void shouldNameTheSettingItsRangeAndWhatWasGiven() {
        assertThat(CommandRun.of("load", "--dir", "x", "--set", "syncFlushTimeout=0").err()).first()
                .isEqualTo(
                        "storescope load: setting syncFlushTimeout: expected 1 to 600000 ms, found 0");
        assertThat(CommandRun.of("load", "--dir", "x", "--queues", "0").err()).first()
                .isEqualTo("storescope load: load, queues per topic: expected 1 to 1,024, found 0");
    }

    @Command(name = "further")
    private static final class Further implements Callable<Integer> {
        private boolean called;

        @Override
        public Integer call() {
            called = true;
            return 0;
        }
    }
}
