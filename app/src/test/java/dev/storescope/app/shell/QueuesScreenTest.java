package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What one sees and does on the screen Queues, over a real store.
@ExtendWith(WindowExtension.class)
class QueuesScreenTest {
    private static final int BURST = 600;

    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;
    private long messages;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1600, 1000);
    }

    @BeforeEach
    void openStore() {
        fixture.openStore();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldFollowTheLogAndListTheQueues(FxRobot robot) {
        // given
        robot.push(KeyCode.DIGIT2);
        fixture.await(() -> robot.lookup("#queues-screen").tryQuery().isPresent());
        assertThat(robot.lookup("#queues-summary").queryAs(Label.class).getText()).startsWith("0 of 0 queues");
        // when
        load();
        // then
        fixture.await(() -> text(robot, "#dispatch-records").equals(Formats.count(messages)));
        assertThat(text(robot, "#dispatch-reput")).isEqualTo(text(robot, "#dispatch-wrote"));
        assertThat(text(robot, "#dispatch-behind")).isEqualTo("0\u00a0B");
        assertThat(label(robot, "#queues-summary"))
                .isEqualTo("8 of 8 queues · " + Formats.count(messages) + " entries in all");
        assertThat(table(robot).getItems()).hasSize(8);
        // when
        robot.interact(() -> robot.lookup("#queues-filter").queryAs(TextField.class).setText("TOPIC-1"));
        // then
        assertThat(table(robot).getItems()).hasSize(4);
        assertThat(label(robot, "#queues-summary")).startsWith("4 of 8 queues");
    }

    @Test
    void shouldSayThatDispatchWaitsForTheForceUnderSyncFlush(FxRobot robot) {
        // given
        robot.push(KeyCode.DIGIT2);
        // when
        fixture.session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        // then
        fixture.await(() -> label(robot, ".dispatch .rule").contains("dispatch never passes flushed"));
    }

    @Test
    void shouldPullEverythingAndGoBackToTheFirst(FxRobot robot) {
        // given
        load();
        robot.push(KeyCode.DIGIT2);
        fixture.await(() -> fixture.session.consumer().spec().topic().equals("topic-0"));
        long ofTopic = entriesOf("topic-0");
        assertThat(ofTopic).isBetween(1L, messages - 1);
        fixture.session.changeConsumer(spec -> spec.withMessagesPerSecond(100_000)).join();
        // when
        clickOnWhenEnabled(robot, "#consumer-start");
        // then
        fixture.await(() -> text(robot, "#consumer-lag").equals("0"));
        assertThat(text(robot, "#consumer-received")).isEqualTo(Long.toString(ofTopic));
        fixture.await(() -> text(robot, "#consumer-status").startsWith("OFFSET_OVERFLOW_ONE"));
        fixture.await(() -> label(robot, "#consumer-state").startsWith("Has everything"));
        assertThat(robot.lookup("Stop pulling").tryQuery()).isPresent();
        // when
        clickOnWhenEnabled(robot, "#consumer-start");
        fixture.await(() -> robot.lookup("Start pulling").tryQuery().isPresent());
        robot.clickOn("#consumer-to-min");
        // then
        fixture.await(() -> text(robot, "#consumer-lag").equals(Long.toString(ofTopic)));
        assertThat(text(robot, "#consumer-next")).isEqualTo("0");
        // when
        robot.clickOn("#consumer-to-max");
        // then
        fixture.await(() -> text(robot, "#consumer-lag").equals("0"));
    }

    @Test
    void shouldPullOnlyMessagesWithTheTag(FxRobot robot) {
        // given
        load();
        robot.push(KeyCode.DIGIT2);
        fixture.await(() -> !fixture.session.consumer().spec().topic().isEmpty());
        fixture.session.changeConsumer(spec -> spec.withMessagesPerSecond(100_000)).join();
        // when
        robot.clickOn("#consumer-tags");
        robot.interact(() -> robot.lookup("#consumer-tags").queryAs(TextField.class).setText("tag-1"));
        robot.push(KeyCode.ENTER);
        clickOnWhenEnabled(robot, "#consumer-start");
        // then
        fixture.await(() -> text(robot, "#consumer-lag").equals("0"));
        ConsumeSnapshot consumer = fixture.session.consumer();
        assertThat(consumer.spec().tags()).isEqualTo("tag-1");
        assertThat(consumer.received()).isBetween(1L, entriesOf(consumer.spec().topic()) - 1);
        assertThat(consumer.lastMessages()).extracting(Received::tags).containsOnly("tag-1");
    }

    @Test
    void shouldFindAMessageByItsKey(FxRobot robot) {
        // given
        load();
        robot.push(KeyCode.DIGIT2);
        Received message = anyMessage();
        fixture.await(() -> text(robot, "#index-entries").startsWith(Formats.count(2 * messages) + " of "));
        // when
        robot.interact(() -> robot.lookup("#index-key").queryAs(TextField.class).setText(message.keys()));
        robot.clickOn("#index-find");
        // then
        fixture.await(() -> label(robot, "#index-answer").startsWith("Found: 1, in "));
        // when
        robot.interact(() -> robot.lookup("#index-found").queryListView().getSelectionModel().select(0));
        // then
        assertThat(fixture.window.selection().message()).get()
                .matches(place -> place.commitLogOffset() == message.commitLogOffset());
        // when
        robot.interact(() -> robot.lookup("#index-key").queryAs(TextField.class).setText("no-such-key"));
        robot.clickOn("#index-find");
        // then
        fixture.await(() -> label(robot, "#index-answer").startsWith("Nothing found"));
    }

    @Test
    void shouldDeleteAndRebuildWithoutLoss(FxRobot robot) {
        // given
        load();
        robot.push(KeyCode.DIGIT2);
        fixture.await(() -> label(robot, "#queues-summary").contains(Formats.count(messages) + " entries"));
        // when
        robot.clickOn("#rebuild-start");
        robot.clickOn("#confirm-ok");
        // then
        fixture.await(() -> robot.lookup("#rebuild-verdict").query().isVisible()
                && label(robot, "#rebuild-verdict").startsWith("Nothing is lost. Files deleted: 9"));
        assertThat(label(robot, "#rebuild-entries")).isEqualTo("%s → %1$s".formatted(Formats.count(messages)));
        assertThat(label(robot, "#rebuild-index")).isEqualTo("%s → %1$s".formatted(Formats.count(2 * messages)));
        fixture.await(() -> label(robot, "#queues-summary")
                .equals("8 of 8 queues · " + Formats.count(messages) + " entries in all"));
        assertThat(anyMessage().topic()).isEqualTo("topic-0");
    }

    @Test
    void shouldGoOnPullingAfterTheStoreHasStartedAgain(FxRobot robot) {
        // given
        load();
        robot.push(KeyCode.DIGIT2);
        fixture.await(() -> !fixture.session.consumer().spec().topic().isEmpty());
        fixture.session.startConsumer().join();
        fixture.await(() -> fixture.session.consumer().received() > 0);
        // when
        fixture.session.rebuild().join();
        // then
        fixture.await(() -> fixture.session.consumer().running() && fixture.session.consumer().lag() == 0);
        assertThat(fixture.session.consumer().received()).isEqualTo(entriesOf("topic-0"));
    }

    @Test
    void shouldSayItAllInChinese(FxRobot robot) {
        // given
        robot.push(KeyCode.DIGIT2);
        // when
        robot.interact(() -> fixture.texts.use(Language.CHINESE));
        load();
        // then
        fixture.await(() -> label(robot, "#queues-summary").equals("队列 8 / 8 · 共 " + Formats.count(messages) + " 条"));
        assertThat(robot.lookup("开始拉取").tryQuery()).isPresent();
        assertThat(robot.lookup("删除并重建").tryQuery()).isPresent();
    }

    // --- what the tests share ---

    /// Two topics of four queues, with keys and tags.
    private void load() {
        fixture.session.changeLoad(_ -> LoadSpec.builder()
                .producers(4)
                .pacing(new Pacing.Constant(1))
                .topics(2)
                .queuesPerTopic(4)
                .keys(true)
                .tags(3)
                .build()).join();
        fixture.session.burst(BURST).join();
        fixture.await(() -> acknowledged() >= BURST);
        fixture.session.stopLoad().join();
        fixture.await(() -> fixture.session.read().load().orElseThrow().state() == LoadState.ENDED);
        messages = acknowledged();
        fixture.await(() -> fixture.session.read().snapshot().orElseThrow().dispatch().entries() == messages);
    }

    private long acknowledged() {
        return fixture.session.read().load().orElseThrow().acknowledged();
    }

    private long entriesOf(String topic) {
        return fixture.session.read()
                .snapshot()
                .orElseThrow()
                .dispatch()
                .queues()
                .stream()
                .filter(queue -> queue.topic().equals(topic))
                .mapToLong(queue -> queue.maxOffset() - queue.minOffset())
                .sum();
    }

    /// One of topic-0.
    private Received anyMessage() {
        fixture.await(() -> fixture.session.consumer().spec().topic().equals("topic-0"));
        fixture.session.startConsumer().join();
        fixture.await(() -> !fixture.session.consumer().lastMessages().isEmpty());
        fixture.session.stopConsumer().join();
        return fixture.session.consumer().lastMessages().getFirst();
    }

    private void clickOnWhenEnabled(FxRobot robot, String query) {
        fixture.await(() -> !robot.lookup(query).query().isDisabled());
        robot.clickOn(query);
    }

    private static ListView<Object> table(FxRobot robot) {
        return robot.lookup("#queues-table").queryListView();
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(LiveText.class).getText();
    }

    private static String label(FxRobot robot, String query) {
        Node node = robot.lookup(query).query();
        return ((Label) node).getText();
    }
}
