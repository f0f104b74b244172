package dev.storescope.app.panel.storemode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossEstimateTest {
    private static final long MILLI = 1_000_000;
    private static final double FAST = 24e6;

    private final MessageStoreConfig.Builder settings = MessageStoreConfig.builder(Path.of("/store"));

    private LossEstimate at(double bytesPerSecond) {
        return LossEstimate.of(settings.build(), bytesPerSecond, 0);
    }

    @Test
    void shouldLoseNothingAcknowledgedUnderSyncFlush() {
        settings.set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);

        assertThat(LossEstimate.of(settings.build(), FAST, 5 * MILLI)).isEqualTo(new LossEstimate(0, 0));
    }

    @Test
    void shouldLoseOneIntervalAndTheForceUnderAsyncFlush() {
        LossEstimate estimate = LossEstimate.of(settings.build(), FAST, 8 * MILLI);

        assertThat(estimate).isEqualTo(new LossEstimate(508 * MILLI, 0));
        assertThat(LossEstimate.messages(estimate.powerFailsNs(), 24_000)).isEqualTo(12_192);
    }

    @ParameterizedTest
    @CsvSource({"32768, 500", "32000, 1000", "16384, 1000", "4096, 4000", "1000, 10000", "0, 10000"})
    void shouldWaitForTheLeastPagesUpToTheThoroughInterval(double bytesPerSecond, long waitMs) {
        assertThat(at(bytesPerSecond).powerFailsNs()).isEqualTo(waitMs * MILLI);
    }

    @Test
    void shouldNotWaitForPagesWhenNoneAreAskedFor() {
        settings.set(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, 0);

        assertThat(at(1).powerFailsNs()).isEqualTo(500 * MILLI);
    }

    @Test
    void shouldLoseWhatIsNotCommittedWithThePool() {
        settings.set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);

        assertThat(at(FAST)).isEqualTo(new LossEstimate(700 * MILLI, 200 * MILLI));
    }

    @Test
    void shouldNotCountAPoolThatCannotAct() {
        settings.set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true).set(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE);

        assertThat(at(FAST)).isEqualTo(new LossEstimate(500 * MILLI, 0));
    }

    @Test
    void shouldNotWaitForTheIntervalWhenPutsWakeTheService() {
        settings.set(StoreSetting.FLUSH_COMMIT_LOG_TIMED, false)
                .set(StoreSetting.WAKE_FLUSH_WHEN_PUT_MESSAGE, true);

        assertThat(at(16_384_000).powerFailsNs()).isEqualTo(MILLI);
    }
}
