package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.AbstractPluginMessageStore;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.testing.Stores;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What the ledger says of messages after a crash; that it sees a store which breaks its promise.
class LedgerTest {
    private static final long MS = 1_000_000;
    private static final long CRASH_AT = 60 * MS;

    @Test
    void shouldSayOfEachMessageWhatBecameOfItAndWhy() {
        try (Simulation simulation = crashed(FlushDiskType.ASYNC_FLUSH, new Action.CutPower(),
                UnaryOperator.identity())) {
            // when
            List<LedgerEntry> entries = simulation.ledger().entries();
            Crash crash = simulation.ledger().crashes().getFirst();
            // then
            assertThat(entries).hasSize((int) simulation.ledger().messages()).isNotEmpty();
            assertThat(entries).allSatisfy(entry -> {
                boolean forced = entry.endOffset().orElse(Long.MAX_VALUE) <= crash.flushedOffset();
                if (entry.isAcknowledged() && forced) {
                    assertThat(entry.fate()).isEqualTo(Fate.ACKNOWLEDGED_KEPT);
                    assertThat(entry.cause()).isEqualTo(Cause.FORCED);
                } else if (entry.isAcknowledged()) {
                    assertThat(entry.cause()).isIn(Cause.BEYOND_FLUSHED, Cause.WRITTEN_BACK);
                }
            });
            assertThat(simulation.ledger().counts()).containsKeys(Fate.ACKNOWLEDGED_KEPT, Fate.ACKNOWLEDGED_LOST);
        }
    }

    @Test
    void shouldSayThatThePageCacheOutlivedTheProcess() {
        try (Simulation simulation = crashed(FlushDiskType.ASYNC_FLUSH, new Action.KillJvm(),
                UnaryOperator.identity())) {
            assertThat(simulation.ledger().counts()).doesNotContainKey(Fate.ACKNOWLEDGED_LOST);
            assertThat(simulation.ledger().entries(entry -> entry.cause() == Cause.IN_PAGE_CACHE)).isNotEmpty();
        }
    }

    @Test
    void shouldSayWhichOfTwoCrashesTookAMessage() {
        // given
        SimulationSpec spec = spec(FlushDiskType.ASYNC_FLUSH).at(CRASH_AT, new Action.CutPower())
                .at(CRASH_AT + MS, new Action.Reopen())
                .at(CRASH_AT + MS + 10_000, new Action.KillJvm())
                .at(CRASH_AT + 2 * MS, new Action.Reopen())
                .build();
        try (Simulation simulation = Simulation.start(spec)) {
            // when
            simulation.run(Until.time(10 * CRASH_AT));
            // then
            assertThat(simulation.ledger().crashes()).hasSize(2);
            assertThat(simulation.ledger().entries(entry -> entry.fate() == Fate.ACKNOWLEDGED_LOST)).isNotEmpty()
                    .allMatch(entry -> entry.cause() == Cause.BEYOND_FLUSHED);
        }
    }

    @Test
    void shouldSeeAStoreThatAcknowledgesWhatItNeverStored() {
        try (Simulation simulation = crashed(FlushDiskType.SYNC_FLUSH, new Action.KillJvm(), Liar::new)) {
            assertThat(simulation.ledger().brokenPromises()).isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.fate()).isEqualTo(Fate.ACKNOWLEDGED_LOST));
        }
    }

    @Test
    void shouldSeeAStoreThatPutsAMessageTwice() {
        try (Simulation simulation = crashed(FlushDiskType.ASYNC_FLUSH, new Action.KillJvm(), Stutterer::new)) {
            assertThat(simulation.ledger().strangers()).isNotEmpty();
        }
    }

    @Test
    void shouldSeeAStoreThatStoresOtherBytes() {
        try (Simulation simulation = crashed(FlushDiskType.SYNC_FLUSH, new Action.KillJvm(), Garbler::new)) {
            assertThat(simulation.ledger().brokenPromises()).isNotEmpty();
            assertThat(simulation.ledger().strangers()).isNotEmpty();
        }
    }

    private static Simulation crashed(FlushDiskType type, Action crash, UnaryOperator<MessageStore> wrapping) {
        SimulationSpec spec = spec(type).at(CRASH_AT, crash).at(CRASH_AT + MS, new Action.Reopen()).build();
        Simulation simulation = Simulation.start(spec, wrapping);
        simulation.run(Until.time(10 * CRASH_AT));
        assertThat(simulation.phase()).isEqualTo(Phase.RUNNING);
        return simulation;
    }

    private static SimulationSpec.Builder spec(FlushDiskType type) {
        return SimulationSpec
                .builder(Stores.config()
                        .set(StoreSetting.FLUSH_DISK_TYPE, type)
                        .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 20L)
                        .build())
                .load(LoadSpec.builder()
                        .producers(3)
                        .pacing(new Pacing.Constant(4_000))
                        .body(new BodySize.Fixed(300))
                        .build());
    }

    /// Says of every third message that it is stored.
    private static final class Liar extends AbstractPluginMessageStore {
        private int puts;

        private Liar(MessageStore next) {
            super(next);
        }

        @Override
        public PutMessageResult putMessage(MessageExtBrokerInner message) {
            if (++puts % 3 != 0) {
                return super.putMessage(message);
            }
            AppendMessageResult nowhere = AppendMessageResult.single(getMaxPhyOffset() + 1_000, 100, 0, now(),
                    message.storeHost());
            return new PutMessageResult(PutMessageStatus.PUT_OK, nowhere);
        }
    }

    /// Stores every message twice.
    private static final class Stutterer extends AbstractPluginMessageStore {
        private Stutterer(MessageStore next) {
            super(next);
        }

        @Override
        public PutMessageResult putMessage(MessageExtBrokerInner message) {
            super.putMessage(message);
            return super.putMessage(message);
        }
    }

    /// Stores one other byte.
    private static final class Garbler extends AbstractPluginMessageStore {
        private Garbler(MessageStore next) {
            super(next);
        }

        @Override
        public PutMessageResult putMessage(MessageExtBrokerInner message) {
            message.body()[20] ^= 1;
            return super.putMessage(message);
        }
    }
}
