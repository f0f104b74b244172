package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.testing.Ledger;
import dev.storescope.engine.testing.Ledger.Acknowledged;
import dev.storescope.engine.testing.Ledger.Content;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.UnforcedDisk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A store that is loaded, crashes at a random moment, and is opened again on what is left, as often as wanted.
final class CrashingStore {
    private static final int FEWEST_MESSAGES = 20;
    private static final int MOST_MESSAGES = 400;
    private static final long PATIENCE_NS = 60_000_000_000L;

    private final long seed;
    private final Random random;
    private final MessageStoreConfig config;
    private UnforcedDisk disk;
    /// What must be there: acknowledged, and there after the crash before.
    private List<Acknowledged> kept = List.of();
    /// What the log held after the crash before. What was lost then must not come back.
    private Set<Content> known = Set.of();
    private int crashes;

    CrashingStore(long seed, UnforcedDisk.Entries entries, MessageStoreConfig config) {
        this.seed = seed;
        this.random = new Random(seed);
        this.config = config;
        this.disk = new UnforcedDisk(entries);
    }

    /// How it ends.
    enum Crash {
        /// [MessageStore#kill()]; the memory of the process goes on, which is what the program's "kill" does.
        STORE_KILLED,
        /// In the middle of whatever it was doing.
        PROCESS_DIES,
        /// No force succeeds any more; the store turns unwriteable and is stopped, and the system keeps pages that count
        /// as clean and are not on the disk.
        FORCES_FAIL, POWER_CUT,
        /// The system had written back some dirty pages of its own accord.
        POWER_CUT_AFTER_WRITE_BACK
    }

    Crash anyCrash() {
        return Crash.values()[random.nextInt(Crash.values().length)];
    }

    /// Opens what is left, loads it, crashes, and looks twice at what is left of that.
    Outcome loadAndCrash(LoadSpec spec, Crash crash) {
        crashes++;
        Ledger ledger = new Ledger();
        LiveEnvironment environment = environment();
        DefaultMessageStore store = new DefaultMessageStore(config, environment);
        store.load();
        store.start();
        ledger.want(FEWEST_MESSAGES + random.nextInt(MOST_MESSAGES - FEWEST_MESSAGES));
        LoadDriver load = new LoadDriver(ledger.watching(store), environment,
                spec.toBuilder().seed(spec.seed() * 1_000 + crashes).build(), ledger);
        load.start();
        ledger.awaitWanted();
        switch (crash) {
            case STORE_KILLED -> store.kill();
            case FORCES_FAIL -> {
                disk.faults().failAllForces();
                assertThat(load.awaitEnd(PATIENCE_NS)).as("the load ends when forces fail, seed %d", seed).isTrue();
                store.shutdown();
            }
            case PROCESS_DIES, POWER_CUT, POWER_CUT_AFTER_WRITE_BACK -> {
                // in the middle
            }
        }
        List<Acknowledged> before = ledger.acknowledged();
        disk = switch (crash) {
            case STORE_KILLED, PROCESS_DIES, FORCES_FAIL -> disk.kill();
            case POWER_CUT -> disk.powerCut();
            case POWER_CUT_AFTER_WRITE_BACK -> disk.powerCut(random.nextLong());
        };
        Set<Content> mayBeThere = new HashSet<>(known);
        mayBeThere.addAll(ledger.tried());
        bury(store, load);
        return look(crash, before, mayBeThere);
    }

    /// Ends the threads of a store whose disk is gone. Nobody waits for them: a put may wait 5 s for a file.
    private static void bury(DefaultMessageStore store, LoadDriver load) {
        load.requestStop();
        Thread.ofPlatform().daemon(true).name("undertaker").start(store::kill);
    }

    private Outcome look(Crash crash, List<Acknowledged> acknowledged, Set<Content> mayBeThere) {
        List<Acknowledged> mustBeThere = new ArrayList<>(kept);
        mustBeThere.addAll(acknowledged);
        DefaultMessageStore first = new DefaultMessageStore(config, environment());
        first.load();
        RecoveryReport report = first.snapshot().recovery();
        List<String> lost = Ledger.lost(mustBeThere, first);
        List<Acknowledged> below = mustBeThere.stream()
                .filter(message -> message.endOffset() <= report.endOffset())
                .toList();
        List<String> lostBelowEnd = Ledger.lost(below, first);
        List<Content> contents = LogContents.of(first).stream().map(Content::of).toList();
        List<Content> strangers = new ArrayList<>();
        Set<Content> seen = new HashSet<>();
        for (Content content : contents) {
            if (!mayBeThere.contains(content) || !seen.add(content)) {
                strangers.add(content);
            }
        }
        first.shutdown();
        Outcome outcome = new Outcome("seed %d, crash %d, %s".formatted(seed, crashes, crash), acknowledged.size(),
                lost, lostBelowEnd, strangers, report);
        lookAgain(outcome, contents);
        kept = below;
        known = seen;
        return outcome;
    }

    /// A second recovery finds what the first one left, with nothing more to do.
    private void lookAgain(Outcome outcome, List<Content> contents) {
        disk = disk.powerCut();
        DefaultMessageStore second = new DefaultMessageStore(config, environment());
        second.load();
        RecoveryReport report = second.snapshot().recovery();
        List<Content> again = LogContents.of(second).stream().map(Content::of).toList();
        assertThat(again).as("recovered twice, %s", outcome).hasSameSizeAs(contents);
        for (int i = 0; i < contents.size(); i++) {
            assertThat(again.get(i)).as("recovered twice, message %d, %s", i, outcome).isEqualTo(contents.get(i));
        }
        assertThat(report.endOffset()).as("recovered twice, %s", outcome).isEqualTo(outcome.report.endOffset());
        assertThat(report.cutBytes()).as("recovered twice, %s", outcome).isZero();
        assertThat(report.filesDeleted()).as("recovered twice, %s", outcome).isEmpty();
        second.shutdown();
    }

    private LiveEnvironment environment() {
        return LiveEnvironment.builder().disk(disk).withoutProbe().build();
    }

    /// What a crash did.
    ///
    /// @param which seed, number and kind of the crash
    /// @param acknowledged how many messages were acknowledged before it
    /// @param lost acknowledged by now and not as they were
    /// @param lostBelowEnd those of them that end before the end of the log
    /// @param strangers in the log, but never put, or lost by an earlier crash, or there twice
    record Outcome(String which, int acknowledged, List<String> lost, List<String> lostBelowEnd,
            List<Content> strangers, RecoveryReport report) {
        @Override
        public String toString() {
            return "%s; %d acknowledged; %s".formatted(which, acknowledged, report);
        }
    }
}
