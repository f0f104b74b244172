package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicDeletionTest {
    private static final Path QUEUES = Stores.ROOT.resolve("consumequeue");
    private final UnforcedDisk disk = new UnforcedDisk();
    private DefaultMessageStore store;

    @BeforeEach
    void setUp() {
        store = Stores.start(Stores.config(), disk);
        for (int i = 0; i < 60; i++) {
            store.putMessage(Stores.message("kept", 0));
            store.putMessage(Stores.message("gone", i % 2));
        }
        store.putMessage(Stores.message("gone", 0).delayTimeLevel(3));
        dispatched();
    }

    @AfterEach
    void tearDown() {
        store.kill();
    }

    @Test
    void shouldTakeTheQueuesAwayAndLeaveTheOthers() {
        // when
        int deleted = store.deleteTopics(Set.of("gone", "never"));
        // then
        assertThat(deleted).isEqualTo(1);
        assertThat(statusOf("gone")).isEqualTo(GetMessageStatus.NO_MATCHED_LOGIC_QUEUE);
        assertThat(statusOf("kept")).isEqualTo(GetMessageStatus.FOUND);
        assertThat(disk.exists(QUEUES.resolve("gone"))).isFalse();
        assertThat(store.getConsumeQueue("gone", 0)).isEmpty();
    }

    @Test
    void shouldBeginAnewWithWhatComesLater() {
        // given
        store.deleteTopics(Set.of("gone"));
        // when
        long queueOffset = store.putMessage(Stores.message("gone", 0).body(new byte[77])).append().queueOffset();
        dispatched();
        // then
        assertThat(queueOffset).isZero();
        assertOnlyTheNewOne();
        store.shutdown();
        store = Stores.start(Stores.config(), disk);
        assertOnlyTheNewOne();
        assertThat(store.putMessage(Stores.message("gone", 0)).append().queueOffset()).isEqualTo(1);
    }

    @Test
    void shouldNotComeBackWhenTheStoreIsOpenedAgain() throws IOException {
        // given
        store.deleteTopics(Set.of("gone"));
        store.kill();
        // when
        store = Stores.start(Stores.config(), disk);
        // then
        assertThat(statusOf("gone")).isEqualTo(GetMessageStatus.NO_MATCHED_LOGIC_QUEUE);
        assertThat(store.getMaxOffsetInQueue("kept", 0)).isEqualTo(60);
        assertThat(new String(disk.readAll(Stores.ROOT.resolve("config/deletedTopics")), StandardCharsets.UTF_8))
                .isEqualTo(store.getMaxPhyOffset() + " gone\n");
    }

    @Test
    void shouldBeginAnewAlsoWithWhatComesAfterAnotherStart() {
        // given
        store.deleteTopics(Set.of("gone"));
        store.kill();
        store = Stores.start(Stores.config(), disk);
        // when, then
        assertThat(store.putMessage(Stores.message("gone", 0)).append().queueOffset()).isZero();
        assertThat(store.putMessage(Stores.message("kept", 0)).append().queueOffset()).isEqualTo(60);
    }

    @Test
    void shouldNotCountAsFaultsInACheckThatTheQueuesAreMissing() {
        // given
        store.deleteTopics(Set.of("gone"));
        store.putMessage(Stores.message("gone", 1));
        store.shutdown();
        // when
        CheckReport report = new StoreCheck(LiveEnvironment.builder().disk(disk).build(), Stores.config().build())
                .run(CheckProgress.NONE);
        // then
        assertThat(report.faults()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.startsWith("60 records belong to topics that were deleted"));
    }

    @Test
    void shouldCleanAllTopicsButThoseRetainedAndItsOwn() {
        // when
        int deleted = store.cleanUnusedTopic(Set.of("kept"));
        // then
        assertThat(deleted).isEqualTo(1);
        assertThat(statusOf("kept")).isEqualTo(GetMessageStatus.FOUND);
        assertThat(store.getMaxOffsetInQueue("SCHEDULE_TOPIC_XXXX", 2)).isEqualTo(1);
    }

    @Test
    void shouldTouchNothingOutsideItsDirectory() throws IOException {
        // given
        disk.createDirectories(Stores.ROOT.resolve("empty"));
        // when, then
        assertThat(store.deleteTopics(Set.of("../empty", "..", ""))).isZero();
        assertThat(disk.exists(Stores.ROOT.resolve("empty"))).isTrue();
        assertThat(disk.exists(Stores.ROOT.resolve("config"))).isFalse();
    }

    private void assertOnlyTheNewOne() {
        try (GetMessageResult result = store.getMessage("group", "gone", 0, 0, 32, MessageFilter.ALL)) {
            assertThat(result.messages()).singleElement().satisfies(message -> assertThat(message.body()).hasSize(77));
        }
        assertThat(store.getMaxOffsetInQueue("gone", 1)).isZero();
    }

    private GetMessageStatus statusOf(String topic) {
        try (GetMessageResult result = store.getMessage("group", topic, 0, 0, 1, MessageFilter.ALL)) {
            return result.status();
        }
    }

    private void dispatched() {
        Stores.await(() -> store.dispatchBehindBytes() == 0);
    }
}
