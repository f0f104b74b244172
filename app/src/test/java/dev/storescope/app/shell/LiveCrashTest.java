package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.ledger.LedgerRow;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.disk.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// A user kills a real store, and reads what became of what its producers had been told.
@ExtendWith(WindowExtension.class)
class LiveCrashTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;
    private Path folder;

    @Start
    void start(Stage stage) {
        folder = folders.resolve("test-" + testNumber++);
        fixture = new WindowFixture(stage, folder, 1_600, 1_300);
    }

    @AfterEach
    void close() {
        fixture.session.faults().all().forEach(fixture.session.faults()::turnOff);
        fixture.close();
    }

    private void acknowledge(Map<StoreSetting, Object> settings, int messages) {
        fixture.openStore();
        fixture.session.restart(settings).join();
        fixture.session.changeLoad(
                _ -> LoadSpec.builder().producers(2).pacing(new Pacing.Constant(1)).keys(true).build()).join();
        fixture.session.faults().turnOn(new Fault.HeldService("CommitRealTimeService"));
        fixture.session.burst(messages).join();
        fixture.await(() -> fixture.acknowledged() >= messages);
    }

    private static void fire(FxRobot robot, String query) {
        FxThread.await(() -> !robot.lookup(query).query().isDisabled());
        robot.interact(() -> robot.lookup(query).queryButton().fire());
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    private void awaitText(FxRobot robot, String query, String start) {
        fixture.await(() -> robot.lookup(query)
                .tryQueryAs(Label.class)
                .filter(it -> it.getText().startsWith(start))
                .isPresent());
    }

    @SuppressWarnings("unchecked")
    private static TableView<LedgerRow> table(FxRobot robot) {
        return robot.lookup("#ledger-table").queryAs(TableView.class);
    }

    @Test
    void shouldSayWhichAcknowledgedMessagesAKillLost(FxRobot robot) throws Exception {
        // given a pool of which nothing is committed any more
        acknowledge(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH,
                StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true), 60);
        fixture.await(() -> !robot.lookup("#durability-kill").queryButton().isDisabled());
        // when
        fire(robot, "#durability-kill");
        String question = robot.lookup("#confirm-sheet .sheet-text").queryAs(Label.class).getText();
        fire(robot, "#confirm-ok");
        // then the question named what would go
        assertThat(question).contains("of them acknowledged: 6");
        // and the ledger shows it
        fixture.await(() -> robot.lookup("#ledger-sheet").tryQuery().isPresent());
        List<LedgerRow> rows = List.copyOf(table(robot).getItems());
        assertThat(rows).hasSizeGreaterThanOrEqualTo(60);
        assertThat(rows).extracting(LedgerRow::fate).containsOnly(Fate.ACKNOWLEDGED_LOST);
        assertThat(rows).extracting(LedgerRow::cause).containsOnly(Cause.IN_WRITE_BUFFER);
        assertThat(counts(robot)).contains("acknowledged, lost", "only in the write buffer of the process");
        awaitText(robot, "#crash-headline", "Lost ");
        // when
        fixture.pickedFile = Optional.of(folder.resolve("ledger.csv"));
        fire(robot, "#ledger-csv");
        // then
        fixture.await(() -> Files.exists(folder.resolve("ledger.csv")));
        assertThat(Files.readAllLines(folder.resolve("ledger.csv"))).hasSize(rows.size() + 1);
    }

    @Test
    void shouldShowAKeptMessageInTheLog(FxRobot robot) {
        // given no pool: all is in the page cache at once
        acknowledge(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH), 60);
        fixture.await(() -> !robot.lookup("#durability-kill").queryButton().isDisabled());
        fire(robot, "#durability-kill");
        fire(robot, "#confirm-ok");
        fixture.await(() -> robot.lookup("#ledger-sheet").tryQuery().isPresent());
        assertThat(table(robot).getItems()).extracting(LedgerRow::fate).containsOnly(Fate.ACKNOWLEDGED_KEPT);
        // when
        robot.interact(() -> table(robot).getSelectionModel().select(3));
        // then
        LedgerRow row = table(robot).getItems().get(3);
        assertThat(fixture.window.selection().message().orElseThrow().commitLogOffset())
                .isEqualTo(row.offset().orElseThrow());
        // when
        fire(robot, "#ledger-go");
        // then
        fixture.await(() -> robot.lookup("#ledger-sheet").tryQuery().isEmpty());
        awaitText(robot, "#crash-headline", "None of ");
        fixture.await(
                () -> fixture.window.selection().jumpProperty().get().equals(Optional.of(row.offset().getAsLong())));
        // and the ledger can be shown again
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        fixture.await(() -> robot.lookup("#ledger-sheet").tryQuery().isPresent());
        assertThat(text(robot, "#ledger-sheet .ledger-crash")).startsWith("The JVM was killed");
    }

    private static String counts(FxRobot robot) {
        return robot.lookup("#ledger-counts .label")
                .queryAllAs(Label.class)
                .stream()
                .map(Label::getText)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void shouldOfferASimulatedWorldWhosePowerCanBeCut(FxRobot robot) {
        // given
        fixture.openStore();
        fixture.await(() -> !robot.lookup("#durability-cut").queryButton().isDisabled());
        // when
        fire(robot, "#durability-cut");
        fire(robot, "#confirm-ok");
        // then
        fixture.await(() -> fixture.worlds.simulated().isPresent());
        fixture.await(() -> !robot.lookup("#durability-cut").queryButton().isDisabled());
        assertThat(fixture.session.read().snapshot()).as("the store of this machine stays open").isPresent();
    }

    @Test
    void shouldTurnOnAnyFaultThatARealDiskCanHave(FxRobot robot) {
        // given
        fixture.openStore();
        // when
        robot.push(KeyCode.F);
        // then the fault that is offered first cannot be had here
        fixture.await(() -> robot.lookup("#faults-seen")
                .tryQueryAs(Label.class)
                .filter(it -> it.getText().contains("switch to Simulated"))
                .isPresent());
        assertThat(robot.lookup("#faults-turn-on").queryButton().isDisabled()).isTrue();
        // when
        robot.interact(() -> robot.lookup("#faults-kind").queryComboBox().getSelectionModel().select(0));
        fire(robot, "#faults-turn-on");
        // then
        assertThat(fixture.session.faults().all()).containsExactly(new Fault.SlowForce(100_000_000));
        fixture.await(() -> !robot.lookup("#faults-active .label").queryAll().isEmpty());
        assertThat(text(robot, "#faults-active .label")).isEqualTo("Slow force: +100\u00a0ms");
        // when
        fire(robot, "#faults-active .button");
        // then
        assertThat(fixture.session.faults().all()).isEmpty();
    }
}
