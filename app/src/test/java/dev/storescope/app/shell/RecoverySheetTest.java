package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.ProofSnapshot.State;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.IndexFigures;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.RecoveryReport.PhaseTimes;
import dev.storescope.engine.api.RecoveryReport.QueueFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Where a user finds what opening a store found.
@ExtendWith(WindowExtension.class)
class RecoverySheetTest {
    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1280, 800);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldSayHowTheLastRunEnded(FxRobot robot) {
        // given
        fixture.openStore();
        // when
        robot.push(KeyCode.CONTROL, KeyCode.R);
        // then
        assertThat(facts(robot)).contains("there was none: a new store");
        // when
        robot.push(KeyCode.ESCAPE);
        fixture.session.kill().join();
        fixture.await(() -> fixture.session.read().snapshot().isPresent());
        do {
            robot.push(KeyCode.ESCAPE);
            robot.push(KeyCode.CONTROL, KeyCode.R);
        } while (!facts(robot).contains("uncleanly: killed, or without power"));
        // then
        assertThat(robot.lookup("#recovery-nothing").queryLabeled().getText()).isEqualTo("Nothing was odd.");
        assertThat(robot.lookup("#recovery-notes").tryQuery()).as("list of what was odd").isEmpty();
    }

    @Test
    void shouldListHolesDeletedFilesAndNotes(FxRobot robot) {
        // given
        var report = new RecoveryReport(LastStop.UNCLEAN, 3, 1_000, 65_536, 0, 131_072, 512,
                List.of("00000000000000196608"), List.of(new LogHole(4_096, 8_192, "magic: expected, found 0")),
                new QueueFigures(12, 31, 2, 1, 0, List.of("T/0")),
                new IndexFigures(3, List.of("20261121220000000"), 90_112, 44, 0),
                new PhaseTimes(500_000, 1_000_000, 250_000, 250_000),
                List.of("consumequeue/T/0 had an entry too many"));
        var proof = new ProofSnapshot(State.RUNNING, 0, 65_536, 131_072, 900, 7, 0, 0, 0,
                new ProofSnapshot.IndexFigures(0, 131_072, 131_072, 850, 3, 0), "");
        // when
        robot.interact(
                () -> RecoverySheet.show(report, proof, new Texts(Language.ENGLISH), fixture.window.overlays()));
        // then
        assertThat(facts(robot)).contains("verified up to 65\u00a0536 (50\u00a0%); queue entries corrected 7");
        assertThat(facts(robot)).contains("entries verified 850; places corrected 3; files built again 0");
        assertThat(facts(robot)).contains("records 1\u00a0000", "512\u00a0B", "2\u00a0ms");
        assertThat(facts(robot)).contains("queues 12; entries built 31, corrected 2, cut 1");
        assertThat(facts(robot)).contains("files kept 3, deleted 1; entries built 44 from offset 90\u00a0112 on");
        assertThat(facts(robot)).contains("files 500\u00a0µs, log 1\u00a0ms, queues 250\u00a0µs, index 250\u00a0µs");
        assertThat(notes(robot)).containsExactly(
                "The log cannot be read from 4\u00a0096 to 8\u00a0192 (4\u00a0KiB): magic: expected, found 0",
                "Deleted, since it lay behind the end: 00000000000000196608",
                "Index file deleted, since it could not be relied on: 20261121220000000",
                "Consume queue made again from the log: T/0",
                "consumequeue/T/0 had an entry too many");
    }

    @Test
    void shouldShowALongNoteToItsLastWord(FxRobot robot) {
        // given
        String sentence = "an index file was not known to be on disk before the crash; ".repeat(5) + "that is all";
        var report = new RecoveryReport(LastStop.UNCLEAN, 1, 0, 0, 0, 0, 0, List.of(), List.of(),
                new QueueFigures(0, 0, 0, 0, 0, List.of()), new IndexFigures(0, List.of(), 0, 0, 0),
                new PhaseTimes(0, 0, 0, 0), List.of(sentence));
        var proof = new ProofSnapshot(State.FINISHED, 0, 0, 0, 0, 0, 0, 0, 0,
                new ProofSnapshot.IndexFigures(0, 0, 0, 0, 0, 0), "");
        // when
        robot.interact(
                () -> RecoverySheet.show(report, proof, new Texts(Language.ENGLISH), fixture.window.overlays()));
        // then
        fixture.await(() -> robot.lookup("#recovery-notes .list-cell .text")
                .<Text>queryAllAs(Text.class)
                .stream()
                .anyMatch(text -> text.getText().contains("that is all")));
    }

    private static String facts(FxRobot robot) {
        return robot.lookup("#recovery-facts .label")
                .queryAllAs(Label.class)
                .stream()
                .map(Label::getText)
                .collect(Collectors.joining("\n"));
    }

    private static List<String> notes(FxRobot robot) {
        return List.copyOf(robot.lookup("#recovery-notes").<String>queryListView().getItems());
    }
}
