package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.AppPaths;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.SimulatedSession;
import dev.storescope.app.session.ledger.LedgerRow;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.testing.FxThread;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.theme.Look;
import dev.storescope.app.theme.Theme;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// A user cuts the power of a simulated world, watches recovery, and reads what became of the messages.
@ExtendWith(WindowExtension.class)
class SimulatedCrashTest {
    private static final long MS = 1_000_000;

    @TempDir private Path folder;

    private Stage stage;
    private SimulatedSession session;
    private SimulatedWorld world;
    private Pulse pulse;
    private MainWindow window;

    @Start
    void start(Stage shown) {
        stage = shown;
    }

    @AfterEach
    void close() {
        FxThread.run(pulse::stop);
        session.close();
    }

    private void show(FxRobot robot, FlushDiskType flush) {
        session = SimulatedSession.start(scenario(flush), System::nanoTime);
        world = session.simulated().orElseThrow();
        robot.interact(() -> {
            pulse = new Pulse(session);
            window = new MainWindow(new WindowParts(session, pulse, new Texts(Language.ENGLISH),
                    new Look(Theme.DARK, 100, MainWindow.stylesheets()),
                    AppSettingsFile.inMemory(AppSettings.defaults()), new AppPaths(folder), new NoPicker(), _ -> {
                    }, "test"), 1_600, 1_300);
            stage.setScene(window.scene());
            stage.show();
            pulse.start();
        });
        await(() -> world.read().phase() == Phase.RUNNING);
        world.runTo(new Moment.AtTime(60 * MS)).join();
        await(() -> !robot.lookup("#durability-cut").queryButton().isDisabled());
    }

    private static Scenario scenario(FlushDiskType flush) {
        MessageStoreConfig config = MessageStoreConfig.builder(Scenario.DIRECTORY)
                .set(StoreSetting.FLUSH_DISK_TYPE, flush)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 256L << 10)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, 500L)
                .set(StoreSetting.MAX_INDEX_NUM, 2_000L)
                .build();
        LoadSpec load = LoadSpec.builder().producers(3).pacing(new Pacing.Constant(4_000)).keys(true).build();
        return Scenario.of(SimulationSpec.builder(config).seed(7).model(DiskModel.NVME).load(load).build(),
                Ending.atTime(Long.MAX_VALUE));
    }

    private static final class NoPicker implements DirectoryPicker {
        @Override
        public Optional<Path> pick(Window owner, String title, Path start) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> pickNewFile(Window owner, String title, Path start, String name) {
            return Optional.empty();
        }
    }

    private static void await(BooleanSupplier condition) {
        FxThread.await(condition);
    }

    private static void fire(FxRobot robot, String query) {
        FxThread.await(() -> !robot.lookup(query).query().isDisabled());
        robot.interact(() -> robot.lookup(query).queryButton().fire());
    }

    private static boolean says(FxRobot robot, String query, String words) {
        return robot.lookup(query).tryQueryAs(Label.class).filter(label -> label.getText().contains(words)).isPresent();
    }

    private static String words(FxRobot robot, String query) {
        return robot.lookup(query)
                .queryAllAs(Label.class)
                .stream()
                .map(Label::getText)
                .collect(Collectors.joining("\n"));
    }

    private void cutThePowerAndOpen(FxRobot robot) {
        fire(robot, "#durability-cut");
        fire(robot, "#confirm-ok");
        await(() -> world.read().phase() == Phase.CRASHED);
        await(() -> says(robot, "#crash-headline", "The power failed at"));
        fire(robot, "#durability-open");
        await(() -> world.read().phase() == Phase.OPENING);
    }

    private void goOnToTheLedger(FxRobot robot) {
        await(() -> robot.lookup("#durability-finish").queryButton().isVisible());
        fire(robot, "#durability-finish");
        await(() -> world.read().phase() == Phase.RUNNING);
        await(() -> robot.lookup("#ledger-sheet").tryQuery().isPresent());
    }

    @SuppressWarnings("unchecked")
    private static List<LedgerRow> rows(FxRobot robot) {
        return List.copyOf(((TableView<LedgerRow>) robot.lookup("#ledger-table").queryAs(TableView.class)).getItems());
    }

    @Test
    void shouldNameTheAcknowledgedMessagesThatAPowerCutLost(FxRobot robot) {
        // given async flush, of which the first force is far away
        show(robot, FlushDiskType.ASYNC_FLUSH);
        // when
        cutThePowerAndOpen(robot);
        // then recovery is watched, step by step
        await(() -> says(robot, "#crash-headline", "Recovery"));
        long before = world.read().steps();
        fire(robot, "#durability-step");
        await(() -> world.read().steps() > before);
        assertThat(words(robot, "#crash-steps .label")).contains("Queues", "Index");
        // and there is no ledger yet
        robot.interact(() -> window.actions().run(ActionId.LEDGER));
        await(() -> session.eventsAfter(0).stream().anyMatch(event -> event.textKey().equals("ledger.notYet")));
        assertThat(robot.lookup("#ledger-sheet").tryQuery()).isEmpty();
        // and the ledger says what is lost
        goOnToTheLedger(robot);
        assertThat(words(robot, "#ledger-sheet .ledger-crash")).startsWith("The power failed at 60");
        LedgerRow first = rows(robot).getFirst();
        assertThat(first.fate()).isEqualTo(Fate.ACKNOWLEDGED_LOST);
        assertThat(first.cause()).isEqualTo(Cause.BEYOND_FLUSHED);
        assertThat(first.keys()).startsWith("p");
        assertThat(words(robot, "#ledger-counts .label")).contains("behind flushed when the power failed");
        assertThat(robot.lookup(".ledger-alarm").queryAll()).as("nothing that the engine got wrong").isEmpty();
        await(() -> says(robot, "#crash-headline", "Lost "));
    }

    @Test
    void shouldLoseNothingUnderSyncFlush(FxRobot robot) {
        // given
        show(robot, FlushDiskType.SYNC_FLUSH);
        // when
        cutThePowerAndOpen(robot);
        goOnToTheLedger(robot);
        // then
        List<LedgerRow> rows = rows(robot);
        assertThat(rows).extracting(LedgerRow::fate)
                .contains(Fate.ACKNOWLEDGED_KEPT)
                .doesNotContain(
                        Fate.ACKNOWLEDGED_LOST);
        assertThat(words(robot, "#ledger-counts .label")).contains("every acknowledged message is there",
                "before flushed: on the disk");
        await(() -> says(robot, "#crash-headline", "None of "));
        // when the world goes back before the crash
        robot.push(KeyCode.ESCAPE);
        world.travelTo(50 * MS).join();
        // then there was none
        await(() -> !robot.lookup("#crash-part").query().isVisible());
    }

    @Test
    void shouldOfferEachFaultAndListThoseThatAreOn(FxRobot robot) {
        // given
        show(robot, FlushDiskType.SYNC_FLUSH);
        robot.push(KeyCode.F);
        await(() -> !robot.lookup("#faults-turn-on").queryButton().isDisabled());
        var kinds = robot.lookup("#faults-kind").queryComboBox();
        // when
        for (int kind = 0; kind < kinds.getItems().size(); kind++) {
            int chosen = kind;
            robot.interact(() -> kinds.getSelectionModel().select(chosen));
            fire(robot, "#faults-turn-on");
        }
        // then
        await(() -> session.faults().all().size() == 11);
        assertThat(session.faults().all()).extracting(fault -> (Object) fault.getClass())
                .containsExactlyInAnyOrder((Object[]) Fault.class.getPermittedSubclasses());
        await(() -> robot.lookup("#faults-active .label").queryAll().size() == 11);
        // when
        fire(robot, "#faults-all-off");
        // then
        await(() -> session.faults().all().isEmpty());
    }
}
