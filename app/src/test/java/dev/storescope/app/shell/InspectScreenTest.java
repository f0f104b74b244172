package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.inspect.FieldTable;
import dev.storescope.app.session.inspect.InspectionState;
import dev.storescope.app.testing.WindowExtension;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// What a user does with the screen that looks at directories.
@ExtendWith(WindowExtension.class)
class InspectScreenTest {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass POINTED = PseudoClass.getPseudoClass("pointed");
    private static final PseudoClass FAULT = PseudoClass.getPseudoClass("fault");

    private static final Pattern MESSAGES = Pattern.compile("messages ([0-9 ]+) ·");

    @TempDir private static Path folders;
    private static int testNumber;

    private WindowFixture fixture;

    @Start
    void start(Stage stage) {
        fixture = new WindowFixture(stage, folders.resolve("test-" + testNumber++), 1600, 1000);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldSayWhatCanBeDoneAndOpenTheSampleWithOneClick(FxRobot robot) {
        // given
        robot.clickOn("#rail-inspect");
        fixture.await(() -> isShown(robot, "#inspect-empty"));
        assertThat(isShown(robot, "#no-store")).as("the page of the other screen").isFalse();
        // when
        robot.clickOn("#inspect-sample");
        // then
        fixture.await(() -> isShown(robot, "#inspect-content"));
        fixture.await(() -> label(robot, "#inspect-progress-text").equals("192 KiB · messages 300 · faults 0"));
        fixture.await(() -> lines(robot).contains("656 topic-0 2 0 442"));
    }

    @Test
    void shouldShowFieldsAndBytesOfTheMessageThatIsChosen(FxRobot robot) {
        // given
        openSample(robot);
        // when
        robot.interact(() -> robot.lookup("#inspect-rows").query().requestFocus());
        robot.push(KeyCode.END);
        robot.push(KeyCode.HOME);
        // then
        fixture.await(() -> label(robot, "#inspect-check").contains("CRC"));
        assertThat(fields(robot)).contains("TOTALSIZE 0–3 656", "QUEUEID 12–15 2", "TOPIC",
                "✓ consumequeue/topic-2/2/00000000000000000000 + 0: offset 0, size 656", "topic-2#k0, topic-2#T#tag4");
        // when
        robot.interact(() -> robot.lookup("#inspect-fields").query().requestFocus());
        robot.push(KeyCode.DOWN).push(KeyCode.DOWN);
        // then
        assertThat(fieldIn(robot, CHOSEN)).isEqualTo("MAGICCODE");
        // when
        robot.interact(() -> robot.lookup("#inspect-bytes").query().requestFocus());
        robot.push(KeyCode.HOME);
        // then
        assertThat(fieldIn(robot, CHOSEN)).isEqualTo("TOTALSIZE");
    }

    @Test
    void shouldPointAtAFieldFromItsBytes(FxRobot robot) {
        // given
        openSample(robot);
        selectFirst(robot);
        // when
        Node bytes = robot.lookup("#inspect-bytes").query();
        robot.moveTo(bytes.localToScreen(bytes.getLayoutBounds().getMinX() + 75, 8));
        // then
        fixture.await(() -> fieldIn(robot, POINTED).equals("TOTALSIZE"));
        // when the line of the field has been scrolled away
        robot.moveTo("#inspect-rows");
        fixture.await(() -> fieldIn(robot, POINTED).isEmpty());
        var scroll = robot.lookup(node -> node instanceof ScrollPane pane && pane.getContent() instanceof FieldTable)
                .queryAs(ScrollPane.class);
        robot.interact(() -> scroll.setVvalue(1));
        robot.moveTo(bytes.localToScreen(bytes.getLayoutBounds().getMinX() + 75, 8));
        // then it is brought back
        fixture.await(() -> fieldIn(robot, POINTED).equals("TOTALSIZE") && scroll.getVvalue() == 0);
    }

    @Test
    void shouldFindMessagesByKeyAndTopic(FxRobot robot) {
        // given
        openSample(robot);
        // when
        type(robot, "#inspect-key", "k7");
        // then
        fixture.await(() -> label(robot, "#inspect-search-text").equals("1 found in the whole log"));
        assertThat(lines(robot)).contains("3 364 topic-2");
        // when
        type(robot, "#inspect-key", "");
        type(robot, "#inspect-topic", "topic-1");
        type(robot, "#inspect-queue", "3");
        // then
        fixture.await(() -> !lines(robot).contains("topic-2") && lines(robot).contains("topic-1 3 0"));
        // when
        robot.clickOn("#inspect-end-search");
        // then
        fixture.await(() -> lines(robot).contains("topic-2"));
        assertThat(robot.lookup("#inspect-topic").queryAs(TextField.class).getText()).isEmpty();
    }

    @Test
    void shouldSayWhatItExpectedOfATime(FxRobot robot) {
        openSample(robot);

        type(robot, "#inspect-from", "yesterday");

        fixture.await(() -> label(robot, "#inspect-wrong").contains("found “yesterday”"));
    }

    @Test
    void shouldGoToAnOffsetAndToAMessageId(FxRobot robot) {
        // given
        openSample(robot);
        // when
        type(robot, "#inspect-place", "4 979");
        // then
        fixture.await(() -> fields(robot).contains("PHYSICALOFFSET 28–35 4979"));
        // when
        type(robot, "#inspect-place", "C0A8070900002A9F0000000000000290");
        // then
        fixture.await(() -> fields(robot).contains("PHYSICALOFFSET 28–35 656"));
    }

    @Test
    void shouldGoToAMessageOutOfASearch(FxRobot robot) {
        // given
        openSample(robot);
        type(robot, "#inspect-from", "2000-01-01");
        robot.clickOn("#inspect-search");
        fixture.await(() -> label(robot, "#inspect-search-text").endsWith("found in the whole log"));
        // when
        type(robot, "#inspect-place", "C0A8070900002A9F0000000000000290");
        // then
        fixture.await(() -> fields(robot).contains("PHYSICALOFFSET 28–35 656"));
    }

    @Test
    void shouldTakeAnIdOfNoMessageHereForAKey(FxRobot robot) {
        // given
        openSample(robot);
        selectFirst(robot);
        String key = uniqueKey(robot);
        assertThat(key).hasSize(32);
        // when
        type(robot, "#inspect-place", key);
        // then
        fixture.await(() -> label(robot, "#inspect-search-text").equals("1 found in the whole log"));
    }

    @Test
    void shouldShowAPlaceThatCannotBeReadAsARowOfItsOwn(FxRobot robot) throws IOException {
        // given
        openSample(robot);
        Path directory = ((InspectionState.Open) fixture.session.inspection().read().state()).directory();
        try (var file = new RandomAccessFile(directory.resolve("commitlog/00000000000000065536").toFile(), "rw")) {
            file.seek(100);
            file.write(~file.read());
        }
        // when
        fixture.session.inspection().open(directory);
        fixture.await(() -> label(robot, "#inspect-progress-text").endsWith("· faults 1"));
        robot.clickOn("#inspect-next-fault");
        // then
        fixture.await(() -> fields(robot).contains("problem  body CRC"));
        assertThat(robot.lookup(".message-line").<Node>queryAll())
                .anyMatch(line -> line.getPseudoClassStates().contains(FAULT) && line.isVisible());
        assertThat(label(robot, "#inspect-check")).startsWith("✕");
    }

    @Test
    void shouldProveTheSampleAndNameWhatIsWrongWithADamagedCopy(FxRobot robot) throws IOException {
        // given
        openSample(robot);
        robot.clickOn("#inspect-page-check");
        // when
        robot.clickOn("#inspect-run-check");
        // then
        fixture.await(() -> label(robot, "#inspect-check-text").equals("✓ sound"));
        assertThat(texts(robot, ".check-cell")).contains("sound records 300", "queues: 12",
                "index files 3, read by what their content proves: maxHashSlotNum 100, maxIndexNum 400");
        // when
        Path directory = ((InspectionState.Open) fixture.session.inspection().read().state()).directory();
        try (var file = new RandomAccessFile(directory.resolve("consumequeue/topic-1/3/00000000000000000000").toFile(),
                "rw")) {
            file.write(new byte[20]);
        }
        robot.clickOn("#inspect-run-check");
        // then
        fixture.await(() -> label(robot, "#inspect-check-text").equals("✕ damaged places: 1"));
        assertThat(texts(robot, ".check-cell")).contains("✕ consumequeue/topic-1/3/00000000000000000000 at 0");
    }

    @Test
    void shouldCheckByTheIndexSettingsThatAreEntered(FxRobot robot) {
        // given
        openSample(robot);
        robot.clickOn("#inspect-page-check");
        // when
        type(robot, "#inspect-entries", "400");
        fixture.await(() -> label(robot, "#inspect-check-text").equals("✓ sound"));
        type(robot, "#inspect-slots", "100");
        // then
        fixture.await(() -> texts(robot, ".check-cell").contains("index files 3, read by the settings"));
        // when
        type(robot, "#inspect-slots", "none");
        // then
        fixture.await(() -> label(robot, "#inspect-check-text").contains("maxHashSlotNum"));
        // when
        robot.clickOn("#inspect-page-messages");
        robot.interact(() -> fixture.session.inspection().closeStore());
        openSampleAgain(robot);
        // then
        assertThat(robot.lookup("#inspect-slots").queryAs(TextField.class).getText()).isEmpty();
    }

    @Test
    void shouldSayOfAWrongDirectoryWhatItExpected(FxRobot robot) throws IOException {
        // given
        Path photos = Files.createDirectories(fixture.folder.resolve("photos"));
        robot.clickOn("#rail-inspect");
        // when
        type(robot, "#inspect-path", photos.toString());
        // then
        fixture.await(() -> label(robot, "#inspect-empty-title").equals("This directory could not be opened"));
        assertThat(label(robot, "#inspect-empty-text")).contains("photos", "expected", "commitlog");
        assertThat(robot.lookup("#notice-error").tryQuery()).as("told once").isEmpty();
    }

    @Test
    void shouldWriteWhatIsListedIntoAFile(FxRobot robot) {
        // given
        openSample(robot);
        Path target = fixture.folder.resolve("rows.csv");
        fixture.pickedFile = Optional.of(target);
        fixture.await(() -> !fixture.window.actions().disabledProperty(ActionId.EXPORT_CSV).get());
        // when
        robot.push(KeyCode.CONTROL, KeyCode.E);
        // then
        fixture.await(() -> label(robot, "#inspect-export-text").startsWith("300 rows are in"));
        assertThat(target).isRegularFile();
    }

    @Test
    void shouldSpeakTheOtherLanguageAndKeepWhatIsShown(FxRobot robot) {
        // given
        openSample(robot);
        selectFirst(robot);
        // when
        robot.interact(() -> fixture.texts.use(Language.CHINESE));
        // then
        fixture.await(() -> label(robot, "#inspect-progress-text").equals("192 KiB · 300 条消息 · 0 处错误"));
        fixture.await(() -> label(robot, "#inspect-check").contains("与消息体相符"));
        fixture.await(() -> lines(robot).contains("656 topic-0"));
    }

    @Test
    void shouldLookAtTheStoreInUseWhileItRuns(FxRobot robot) {
        // given
        fixture.openStore();
        fixture.session.burst(500).join();
        fixture.await(() -> acknowledged() >= 500);
        fixture.session.stopLoad().join();
        fixture.await(() -> fixture.session.read().load().orElseThrow().state() == LoadState.ENDED);
        // when
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.I);
        // then
        fixture.await(() -> label(robot, "#inspect-progress-text")
                .contains("· messages " + Formats.count(acknowledged()).replace('\u00a0', ' ') + " · faults 0"));
    }

    @Test
    void shouldTellThatTheLogHasGrownAndReadOnWhenAsked(FxRobot robot) {
        // given
        fixture.openStore();
        putSome();
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.I);
        fixture.await(() -> messagesListed(robot) == put());
        long before = put();
        assertThat(isShown(robot, "#inspect-tail")).isFalse();
        // when
        putSome();
        // then
        fixture.await(() -> label(robot, "#inspect-tail").startsWith("The log has grown: ")
                && label(robot, "#inspect-tail")
                        .endsWith("messages " + Formats.count(put() - before).replace('\u00a0', ' ')));
        assertThat(messagesListed(robot)).isEqualTo(before);
        // when
        robot.clickOn("#inspect-read-on");
        // then
        fixture.await(() -> messagesListed(robot) == put());
        fixture.await(() -> !isShown(robot, "#inspect-tail"));
    }

    @Test
    void shouldKeepTheEndInSightWhileItFollowsAStoreThatIsWritten(FxRobot robot) {
        // given
        fixture.openStore();
        putSome();
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.I);
        fixture.await(() -> messagesListed(robot) == put());
        // when
        robot.clickOn("#inspect-follow");
        putSome();
        // then
        fixture.await(() -> messagesListed(robot) == put());
        assertThat(isShown(robot, "#inspect-tail")).isFalse();
        fixture.await(() -> lines(robot).contains(lastOffset()));
        // when
        robot.interact(() -> robot.lookup("#inspect-rows").query().requestFocus());
        robot.push(KeyCode.HOME);
        putSome();
        // then
        fixture.await(() -> messagesListed(robot) == put());
        assertThat(lines(robot)).as("where the user has scrolled to").contains("\n0 topic");
    }

    @Test
    void shouldLeaveTheKeyboardToNoFieldWhenTheScreenIsLeft(FxRobot robot) {
        // given
        fixture.openStore();
        openSample(robot);
        robot.interact(() -> robot.lookup("#inspect-rows").query().requestFocus());
        // when
        robot.push(KeyCode.DIGIT2).push(KeyCode.DIGIT1);
        fixture.await(() -> isShown(robot, "#log-screen"));
        robot.push(KeyCode.DIGIT2);
        // then
        fixture.await(() -> isShown(robot, "#queues-screen"));
        assertThat(robot.lookup("#queues-filter").queryAs(TextField.class).getText()).isEmpty();
    }

    @Test
    void shouldForgetWhatWasLookedForInAnotherDirectory(FxRobot robot) {
        // given
        openSample(robot);
        type(robot, "#inspect-key", "k7");
        fixture.await(() -> label(robot, "#inspect-search-text").equals("1 found in the whole log"));
        // when
        robot.interact(() -> fixture.session.inspection().closeStore());
        openSampleAgain(robot);
        // then
        assertThat(robot.lookup("#inspect-key").queryAs(TextField.class).getText()).isEmpty();
    }

    @Test
    void shouldRememberTheScreenAndTheDirectory(FxRobot robot) {
        openSample(robot);

        fixture.await(() -> !fixture.settings.get().view().inspectedStores().isEmpty());
        assertThat(fixture.settings.get().view().screen()).isEqualTo("INSPECT");
        assertThat(fixture.settings.get().view().inspectedStores().getFirst()).endsWith("rocketmq-5.5");
        // when
        robot.interact(() -> robot.lookup("#inspect-rows").query().requestFocus());
        robot.push(KeyCode.DIGIT1);
        // then
        fixture.await(() -> !isShown(robot, "#inspect-screen"));
        assertThat(fixture.settings.get().view().screen()).isEqualTo("LOG");
    }

    private void putSome() {
        long goal = put() + 300;
        fixture.session.burst(300).join();
        fixture.await(() -> put() >= goal);
        fixture.session.stopLoad().join();
        fixture.await(() -> fixture.session.read().load().orElseThrow().state() == LoadState.ENDED);
    }

    private long put() {
        return fixture.session.read().snapshot().orElseThrow().log().wrote().messages();
    }

    private static long messagesListed(FxRobot robot) {
        var matcher = MESSAGES.matcher(label(robot, "#inspect-progress-text"));
        return matcher.find() ? Long.parseLong(matcher.group(1).replace(" ", "")) : -1;
    }

    private String lastOffset() {
        var inspection = fixture.session.inspection();
        long generation = inspection.read().generation();
        long rows = ((InspectionState.Open) inspection.read().state()).progress().rows();
        return Formats.count(inspection.rows(generation, rows - 1, 1).join().getFirst().commitLogOffset())
                .replace('\u00a0', ' ');
    }

    private void openSample(FxRobot robot) {
        robot.clickOn("#rail-inspect");
        openSampleAgain(robot);
    }

    private void openSampleAgain(FxRobot robot) {
        fixture.await(() -> isShown(robot, "#inspect-empty"));
        robot.clickOn("#inspect-sample");
        fixture.await(() -> lines(robot).contains("656 topic-0"));
    }

    private void selectFirst(FxRobot robot) {
        robot.interact(() -> robot.lookup("#inspect-rows").query().requestFocus());
        robot.push(KeyCode.HOME);
        fixture.await(() -> fields(robot).contains("TOTALSIZE"));
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.interact(() -> {
            var input = robot.lookup(field).queryAs(TextInputControl.class);
            input.requestFocus();
            input.setText(text);
        });
        robot.push(KeyCode.ENTER);
    }

    private long acknowledged() {
        return fixture.session.read().load().map(LoadSnapshot::acknowledged).orElse(0L);
    }

    private static boolean isShown(FxRobot robot, String query) {
        return robot.lookup(query).tryQuery().filter(node -> {
            for (Node each = node; each != null; each = each.getParent()) {
                if (!each.isVisible()) {
                    return false;
                }
            }
            return true;
        }).isPresent();
    }

    private static String label(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Label.class).getText().replace('\u00a0', ' ');
    }

    /// All lines of the list that can be seen, columns by blanks.
    private static String lines(FxRobot robot) {
        return texts(robot, ".message-line");
    }

    private static String fields(FxRobot robot) {
        return texts(robot, ".field-span");
    }

    private static String texts(FxRobot robot, String lines) {
        return robot.lookup(lines)
                .queryAll()
                .stream()
                .map(line -> robot.from(line)
                        .lookup(".label")
                        .queryAllAs(Label.class)
                        .stream()
                        .filter(Node::isVisible)
                        .map(Label::getText)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"))
                .replace('\u00a0', ' ');
    }

    private static String fieldIn(FxRobot robot, PseudoClass state) {
        Set<Node> spans = robot.lookup(".field-span").queryAll();
        return spans.stream()
                .filter(span -> span.getPseudoClassStates().contains(state))
                .map(span -> robot.from(span).lookup(".span-name").queryAs(Label.class).getText())
                .collect(Collectors.joining());
    }

    private static String uniqueKey(FxRobot robot) {
        String all = fields(robot);
        int at = all.indexOf("UNIQ_KEY=");
        return at < 0 ? "" : all.substring(at + "UNIQ_KEY=".length(), at + "UNIQ_KEY=".length() + 32);
    }
}
