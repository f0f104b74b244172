package dev.storescope.engine.inspect.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.QueueReport;
import dev.storescope.engine.inspect.StoreBrowser;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.StoreReport;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks into a store while producers put.
class RunningStoreTest {
    private static final int MESSAGES = 60_000;

    @TempDir private Path folder;

    @Test
    void shouldSeeWholeRecordsWhileTheyAreWritten() {
        // given
        LiveEnvironment environment = LiveEnvironment.withoutProbe();
        MessageStoreConfig config = MessageStoreConfig.builder(folder).set("mappedFileSizeCommitLog", "4M").build();
        StoreInspector inspector = new StoreInspector(environment, folder);
        LoadSpec spec = LoadSpec.builder()
                .producers(3)
                .body(new BodySize.Uniform(0, 1_000))
                .topics(2)
                .limits(LoadLimits.DEFAULT.withMessages(MESSAGES))
                .build();
        try (MessageStore store = new DefaultMessageStore(config, environment)) {
            store.load();
            store.start();
            LoadDriver load = new LoadDriver(store, environment, spec);
            // when
            load.start();
            long recordsBefore = 0;
            while (!load.awaitEnd(0)) {
                StoreReport report = inspector.inspect();
                // then
                assertThat(report.faults()).isEmpty();
                assertThat(report.abort()).isPresent();
                assertThat(report.records()).isGreaterThanOrEqualTo(recordsBefore);
                recordsBefore = report.records();
            }
            assertThat(load.snapshot().end().orElseThrow().cause()).isEqualTo(LoadEnd.Cause.MESSAGES_SENT);
            assertThat(inspector.inspect().records()).isEqualTo(MESSAGES);
        }
        assertThat(inspector.inspect().abort()).isEmpty();
        assertThat(inspector.inspect().queues()).allMatch(QueueReport::isContiguous);
    }

    @Test
    void shouldListTheSameRowsHoweverOftenTheLogIsReadOnWhileItIsWritten() {
        // given
        LiveEnvironment environment = LiveEnvironment.withoutProbe();
        MessageStoreConfig config = MessageStoreConfig.builder(folder).set("mappedFileSizeCommitLog", "1M").build();
        LoadSpec spec = LoadSpec.builder()
                .producers(3)
                .body(new BodySize.Uniform(0, 4_000))
                .limits(LoadLimits.DEFAULT.withMessages(MESSAGES))
                .build();
        try (MessageStore store = new DefaultMessageStore(config, environment)) {
            store.load();
            store.start();
            LoadDriver load = new LoadDriver(store, environment, spec);
            StoreBrowser browser = StoreBrowser.open(environment, folder);
            List<BrowsedRow> seen = new ArrayList<>();
            // when
            load.start();
            while (!load.awaitEnd(0)) {
                browser.refresh();
                browser.readOn(5_000);
                long rows = browser.progress().rows() - (browser.progress().faults().isEmpty() ? 0 : 1);
                List<BrowsedRow> last = browser.rows(Math.max(0, rows - 10), 10);
                last.stream().filter(row -> row.row() < rows).forEach(seen::add);
                browser.lookAhead(1_000);
                // then
                assertThat(browser.isSameLog()).isTrue();
                assertThat(browser.progress().faultCount()).as("records that are half written").isLessThan(2);
            }
            browser.refresh();
            while (browser.readOn(5_000)) {
                // to the end
            }
            assertThat(browser.progress().rows()).isEqualTo(MESSAGES);
            assertThat(browser.progress().faultCount()).isZero();
            assertThat(seen).isNotEmpty()
                    .allSatisfy(row -> assertThat(browser.rows(row.row(), 1)).containsExactly(row));
        }
    }

    @Test
    void shouldFindAStoreSoundWhileItIsWrittenAndWhenItIsClosed() {
        // given
        LiveEnvironment environment = LiveEnvironment.withoutProbe();
        MessageStoreConfig config = MessageStoreConfig.builder(folder)
                .set("mappedFileSizeCommitLog", "4M")
                .set("mappedFileSizeConsumeQueue", "200000")
                .set("maxHashSlotNum", "1000")
                .set("maxIndexNum", "20000")
                .build();
        StoreCheck check = new StoreCheck(environment, config);
        LoadSpec spec = LoadSpec.builder()
                .producers(3)
                .keys(true)
                .tags(3)
                .body(new BodySize.Uniform(0, 1_000))
                .topics(2)
                .limits(LoadLimits.DEFAULT.withMessages(MESSAGES))
                .build();
        try (MessageStore store = new DefaultMessageStore(config, environment)) {
            store.load();
            store.start();
            LoadDriver load = new LoadDriver(store, environment, spec);
            // when
            load.start();
            while (!load.awaitEnd(0)) {
                // then
                assertThat(check.run(CheckProgress.NONE).faults()).isEmpty();
            }
        }
        CheckReport closed = check.run(CheckProgress.NONE);
        assertThat(closed.faults()).isEmpty();
        assertThat(closed.notes()).isEmpty();
        assertThat(closed.log().records()).isEqualTo(MESSAGES);
        assertThat(closed.queueEntries()).isEqualTo(MESSAGES);
        assertThat(closed.indexEntries()).isEqualTo(2L * MESSAGES);
    }
}
