package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The report has figures of what opening found, cut and built again, in the log, the queues and the index.
class RecoveryReportTest {
    private static final Path INDEX = Stores.ROOT.resolve("index");
    private static final Path QUEUE = Stores.ROOT.resolve("consumequeue/t/1");

    private UnforcedDisk disk;
    private DefaultMessageStore store;

    @BeforeEach
    void setUp() {
        disk = new UnforcedDisk();
        store = Stores.start(Stores.config(), disk);
        for (int i = 0; i < 240; i++) {
            store.putMessage(Stores.message("t", i % 2)
                    .propertiesString(MessageProperties.encode(Map.of(MessageProperties.KEYS, "key-" + i))));
        }
    }

    @AfterEach
    void tearDown() {
        store.shutdown();
    }

    @Test
    void shouldHaveNothingToTellAfterACleanStop() {
        // given
        store.shutdown();
        // when
        store = Stores.start(Stores.config(), disk);
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.recordsChecked()).isEqualTo(240);
        assertThat(report.queues().queues()).isEqualTo(2);
        assertThat(report.queues().entriesBuilt() + report.queues().entriesCorrected() + report.queues().entriesCut())
                .isZero();
        assertThat(report.index().files()).isEqualTo(6);
        assertThat(report.index().filesDeleted()).isEmpty();
        assertThat(report.index().entriesBuilt()).isZero();
        assertThat(report.times().logNs()).isPositive();
        assertThat(report.durationNs()).isEqualTo(report.times().loadNs() + report.times().logNs()
                + report.times().queuesNs() + report.times().indexNs());
    }

    @Test
    void shouldCountWhatIsBuiltAgainAndNameTheFiles() throws IOException {
        // given
        store.shutdown();
        List<String> indexFiles = names(INDEX);
        disk.delete(INDEX.resolve(indexFiles.get(3)));
        disk.delete(QUEUE.resolve(names(QUEUE).get(1)));
        // when
        store = Stores.start(Stores.config(), disk);
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.lastStop()).isEqualTo(LastStop.CLEAN);
        assertThat(report.queues().emptied()).containsExactly("t/1");
        assertThat(report.queues().entriesBuilt()).isEqualTo(120);
        assertThat(report.index().files()).isEqualTo(3);
        assertThat(report.index().filesDeleted()).isEqualTo(indexFiles.subList(4, 6));
        assertThat(report.index().entriesBuilt()).isEqualTo(120);
        assertThat(report.index().builtFromOffset()).isPositive();
        assertThat(report.index().leftBytes()).isZero();
    }

    @Test
    void shouldCountWhatIsCutWhenTheStoreWasKilled() throws IOException {
        // given
        UnforcedDisk left = disk.powerCut(1);
        store.kill();
        // when
        store = Stores.start(Stores.config(), left);
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.lastStop()).isEqualTo(LastStop.UNCLEAN);
        assertThat(report.queues().entriesBuilt() + report.queues().entriesCorrected())
                .isLessThanOrEqualTo(report.recordsChecked());
        assertThat(store.snapshot().dispatch().index().entries()).isEqualTo(report.recordsChecked());
        assertThat(report.index().entriesBuilt()).isLessThanOrEqualTo(report.recordsChecked());
    }

    private List<String> names(Path folder) throws IOException {
        return disk.list(folder).stream().map(entry -> entry.name()).sorted().toList();
    }
}
