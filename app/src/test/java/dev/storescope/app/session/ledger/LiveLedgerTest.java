package dev.storescope.app.session.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.inspect.ExportFormat;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.disk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real stores that are killed, and what became of what their producers had been told.
class LiveLedgerTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    @TempDir private Path folder;

    private final LiveSession session = new LiveSession(new LiveWorld(),
            AppSettingsFile.inMemory(AppSettings.defaults()));

    @AfterEach
    void close() {
        session.faults().all().forEach(session.faults()::turnOff);
        session.close();
    }

    private void openWith(Map<StoreSetting, Object> settings) {
        session.create(folder.resolve("store"), SEGMENT_BYTES).join();
        session.restart(settings).join();
        session.changeLoad(_ -> LoadSpec.builder()
                .producers(2)
                .pacing(new Pacing.Constant(1))
                .topics(2)
                .queuesPerTopic(2)
                .keys(true)
                .build()).join();
    }

    private void acknowledge(int messages) {
        session.burst(messages).join();
        while (acknowledged() < messages) {
            Thread.onSpinWait();
        }
    }

    private long acknowledged() {
        return session.read().load().orElseThrow().acknowledged();
    }

    private LedgerReport ledger() {
        return session.ledger().join().orElseThrow();
    }

    @Test
    void shouldHaveNoLedgerBeforeAKill() {
        openWith(Map.of());

        assertThat(session.ledger().join()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsInThePageCacheWhenTheProcessDies() {
        // given more than one file
        openWith(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH));
        session.faults().turnOn(new Fault.HeldService("FlushRealTimeService"));
        acknowledge(300);
        // when
        session.kill().join();
        // then
        LedgerReport ledger = ledger();
        assertThat(ledger.acknowledged()).isGreaterThanOrEqualTo(300);
        assertThat(ledger.of(Fate.ACKNOWLEDGED_LOST)).isZero();
        assertThat(ledger.acknowledgedKept()).isEqualTo(ledger.acknowledged());
        assertThat(ledger.of(Fate.ACKNOWLEDGED_KEPT, Cause.IN_PAGE_CACHE)).isPositive();
        assertThat(ledger.brokenPromises()).isZero();
        assertThat(ledger.rows()).allMatch(LedgerRow::isThere);
    }

    @Test
    void shouldNameWhatWasOnlyInTheWriteBuffer() throws IOException {
        // given a pool of which nothing is committed any more
        openWith(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH,
                StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true));
        acknowledge(5);
        session.faults().turnOn(new Fault.HeldService("CommitRealTimeService"));
        acknowledge(35);
        // when
        session.kill().join();
        // then
        LedgerReport ledger = ledger();
        assertThat(ledger.of(Fate.ACKNOWLEDGED_LOST)).isGreaterThanOrEqualTo(25);
        assertThat(ledger.of(Fate.ACKNOWLEDGED_LOST, Cause.IN_WRITE_BUFFER))
                .isEqualTo(ledger.of(Fate.ACKNOWLEDGED_LOST));
        assertThat(ledger.acknowledgedKept() + ledger.of(Fate.ACKNOWLEDGED_LOST)).isEqualTo(ledger.acknowledged());
        LedgerRow first = ledger.rows().getFirst();
        assertThat(first.fate()).isEqualTo(Fate.ACKNOWLEDGED_LOST);
        assertThat(first.answer()).contains(PutMessageStatus.PUT_OK);
        assertThat(first.topic()).startsWith("topic-");
        assertThat(first.keys()).matches("p\\d+-\\d+");
        assertThat(first.isThere()).isFalse();

        // and it can be written down
        Path csv = folder.resolve("ledger.csv");
        LedgerFile.write(ledger, ExportFormat.CSV, csv);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(ledger.rows().size() + 1);
        assertThat(lines.get(1)).startsWith("ACKNOWLEDGED_LOST,IN_WRITE_BUFFER,topic-");
        Path json = folder.resolve("ledger.json");
        LedgerFile.write(ledger, ExportFormat.JSON, json);
        assertThat(Files.readString(json)).contains("\"kind\" : \"JVM_KILLED\"",
                "\"IN_WRITE_BUFFER\" : " + ledger.of(Fate.ACKNOWLEDGED_LOST));
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void shouldForgetTheLedgerWithTheStore() {
        // given
        openWith(Map.of());
        session.kill().join();
        assertThat(session.ledger().join()).isPresent();
        // when
        session.create(folder.resolve("another"), SEGMENT_BYTES).join();
        // then
        assertThat(session.ledger().join()).isEmpty();
    }
}
