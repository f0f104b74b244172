package dev.storescope.engine.torture;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.Draws;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Fault.Where;
import dev.storescope.engine.sim.world.EventLog.Keeping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What one seed means: a world, settings, a load and faults, and one life of the store after the other, each with its end.
///
/// @param spec of the run; the first load starts with the first life
/// @param lives one after another
public record TortureCase(long seed, TortureMode mode, SimulationSpec spec, List<Life> lives) {
    private static final Path ROOT = Path.of("/store");
    private static final int STREAM = 17;
    private static final long MS = 1_000_000;
    private static final long PAGE_BYTES = 4096;
    /// Enough for some files of the log, few enough for thousands of seeds.
    private static final int MOST_STEPS = 6_000;
    private static final String[] SERVICES = {"GroupCommitService", "FlushRealTimeService", "CommitRealTimeService",
        "AllocateMappedFileService", "ReputMessageService", "FlushConsumeQueueService"};

    public TortureCase {
        lives = List.copyOf(lives);
    }

    /// From one opening of the store to its end.
    ///
    /// @param steps after which it ends: at any scheduling point, one of the opening too
    /// @param ending how
    /// @param faultsStay whether the faults that are on stay on for the next opening
    /// @param load of this life
    public record Life(long steps, Ending ending, boolean faultsStay, LoadSpec load) {
    }

    /// How a life of the store ends.
    public enum Ending {
        KILL_JVM, CUT_POWER, SHUTDOWN
    }

    /// The case of a seed in a mode.
    public static TortureCase of(long seed, TortureMode mode) {
        return new Drawing(new Draws(seed, STREAM)).draw(seed, mode);
    }

    /// The case of a seed; its mode follows from it.
    public static TortureCase of(long seed) {
        TortureMode[] modes = TortureMode.values();
        return of(seed, modes[(int) Math.floorMod(seed, (long) modes.length)]);
    }

    /// The draws, in a fixed order.
    private static final class Drawing {
        private final Draws draws;

        Drawing(Draws draws) {
            this.draws = draws;
        }

        TortureCase draw(long seed, TortureMode mode) {
            MessageStoreConfig config = config(mode);
            List<Life> lives = new ArrayList<>();
            int count = 1 + draws.below(3);
            for (int i = 0; i < count; i++) {
                lives.add(life(config));
            }
            SimulationSpec spec = SimulationSpec.builder(config)
                    .seed(seed)
                    .model(oneOf(DiskModel.NVME, DiskModel.SATA_SSD, DiskModel.HARD_DISK, DiskModel.NETWORK_VOLUME))
                    .load(lives.getFirst().load())
                    .actions(faults())
                    .keeping(Keeping.COUNTS)
                    .build();
            return new TortureCase(seed, mode, spec, lives);
        }

        private MessageStoreConfig config(TortureMode mode) {
            MessageStoreConfig.Builder config = MessageStoreConfig.builder(ROOT)
                    .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, oneOf(2L, 4L, 8L, 16L) * PAGE_BYTES)
                    .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, oneOf(200L, 1_000L, 8_000L))
                    .set(StoreSetting.MAX_HASH_SLOT_NUM, oneOf(4L, 64L))
                    .set(StoreSetting.MAX_INDEX_NUM, oneOf(5L, 41L, 400L))
                    .set(StoreSetting.FLUSH_DISK_TYPE,
                            mode == TortureMode.SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH)
                    .set(StoreSetting.USE_REENTRANT_LOCK_WHEN_PUT_MESSAGE, draws.happens(0.5))
                    .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, oneOf(1L, 10L, 500L))
                    .set(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, oneOf(0L, 1L, 4L))
                    .set(StoreSetting.FLUSH_COMMIT_LOG_TIMED, draws.happens(0.5))
                    .set(StoreSetting.WAKE_FLUSH_WHEN_PUT_MESSAGE, draws.happens(0.5))
                    .set(StoreSetting.FLUSH_INTERVAL_CONSUME_QUEUE, oneOf(1L, 20L, 1_000L))
                    .set(StoreSetting.FLUSH_CONSUME_QUEUE_LEAST_PAGES, oneOf(0L, 2L))
                    .set(StoreSetting.FLUSH_CONSUME_QUEUE_THOROUGH_INTERVAL, oneOf(5L, 60_000L))
                    .set(StoreSetting.WARM_MAPED_FILE_ENABLE, draws.happens(0.2))
                    // Whatever the time is, nothing expires: the ledger looks for every message.
                    .set(StoreSetting.FILE_RESERVED_TIME, 876_000L)
                    .set(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE, false)
                    .set(StoreSetting.MESSAGE_INDEX_ENABLE, draws.happens(0.8));
            if (mode == TortureMode.POOL) {
                config.set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                        .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, oneOf(1L, 2L, 5L))
                        .set(StoreSetting.FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL, draws.happens(0.3))
                        .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, oneOf(1L, 20L, 200L))
                        .set(StoreSetting.COMMIT_COMMIT_LOG_LEAST_PAGES, oneOf(0L, 4L))
                        .set(StoreSetting.WAKE_COMMIT_WHEN_PUT_MESSAGE, draws.happens(0.5));
            }
            return config.build();
        }

        private Life life(MessageStoreConfig config) {
            // As many short lives as long ones: the beginning has the most that can go wrong.
            int most = MOST_STEPS >> draws.below(6);
            return new Life(1 + draws.below(most), oneOf(Ending.KILL_JVM, Ending.KILL_JVM, Ending.CUT_POWER,
                    Ending.CUT_POWER, Ending.CUT_POWER, Ending.SHUTDOWN), draws.happens(0.3), load(config));
        }

        private LoadSpec load(MessageStoreConfig config) {
            int most = (int) config.mappedFileSizeCommitLog() / 4;
            int batch = draws.happens(0.15) ? 2 + draws.below(3) : 1;
            int longest = Math.max(1, most / batch - 300);
            BodySize body = draws.happens(0.5)
                    ? new BodySize.Fixed(1 + draws.below(Math.min(longest, 1_000)))
                    : new BodySize.LogUniform(1, longest);
            return LoadSpec.builder()
                    .producers(oneOf(1, 2, 4, 8, 24))
                    .pacing(pacing())
                    .body(body)
                    .topics(1 + draws.below(2))
                    .queuesPerTopic(1 + draws.below(3))
                    // Where the messages of a batch stand, only an answer tells: without it they are known by their content.
                    .keys(draws.happens(0.7) || batch > 1)
                    .tags(draws.below(3))
                    .batchSize(batch)
                    .waitStoreMsgOk(draws.happens(0.85))
                    .limits(new LoadLimits(10L << draws.below(6), LoadLimits.NONE, 1L << 30, 0.01))
                    .seed(1 + draws.below(1_000_000))
                    .build();
        }

        private Pacing pacing() {
            return switch (draws.below(3)) {
                case 0 -> new Pacing.Constant(oneOf(200.0, 5_000.0, 200_000.0));
                default -> new Pacing.ClosedLoop();
            };
        }

        /// In half of the cases there is none.
        private List<ScheduledAction> faults() {
            List<ScheduledAction> actions = new ArrayList<>();
            int count = draws.happens(0.5) ? 0 : 1 + draws.below(3);
            for (int i = 0; i < count; i++) {
                Fault fault = fault();
                long onAt = (long) draws.below(200) * MS / 2;
                actions.add(ScheduledAction.atTime(onAt, new Action.TurnOn(fault)));
                if (draws.happens(0.7)) {
                    actions.add(ScheduledAction.atTime(onAt + (1L + draws.below(100)) * MS, new Action.TurnOff(fault)));
                }
            }
            return actions;
        }

        private Fault fault() {
            long successes = draws.below(8);
            long failures = draws.happens(0.5) ? 1 + draws.below(3) : Fault.FOR_EVER;
            Where where = oneOf(Where.ANY_FILE, Where.COMMIT_LOG, Where.COMMIT_LOG, Where.CONSUME_QUEUES, Where.INDEX,
                    Where.CHECKPOINT);
            return switch (draws.below(12)) {
                case 0 -> new Fault.SlowForce((1L + draws.below(50)) * MS);
                case 1 -> new Fault.StalledForce();
                case 2, 3 -> new Fault.FailingForce(where, successes, failures);
                case 4 -> new Fault.FailingWrite(where, successes, failures);
                case 5 -> new Fault.ShortWrite(where, successes, failures);
                case 6 -> new Fault.DiskFull((64L + draws.below(512)) * PAGE_BYTES);
                case 7 -> new Fault.FailingMapping(where, successes, failures);
                case 8 -> new Fault.SlowAllocation((1L + draws.below(400)) * MS);
                case 9 -> new Fault.ClockJump((draws.below(20_000) - 10_000L));
                case 10 -> new Fault.NoLockPrivilege();
                default -> new Fault.HeldService(SERVICES[draws.below(SERVICES.length)]);
            };
        }

        @SafeVarargs
        private <T> T oneOf(T... choices) {
            return choices[draws.below(choices.length)];
        }
    }
}
