package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.SlowWorlds;
import dev.storescope.app.panel.commitlog.LogBrowser.Room;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.disk.CutPages.Fate;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutMarksTest {
    private static final long MILLI = 1_000_000;
    private static final int PAGE = CellGrid.PAGE_BYTES;
    private static final long FILE_BYTES = 64L << 20;

    private final SlowWorlds world = SlowWorlds.of(MessageStoreConfig.builder(Path.of("/store"))
            .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH)
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES)
            .build());
    private final CommitLogViewModel model = new CommitLogViewModel(new Texts(Language.ENGLISH));

    @AfterEach
    void end() {
        world.close();
    }

    private void see() {
        model.setRoom(new Room(1, 250, 300, 800, 300));
        model.update(world.frame(Motion.NONE), world.simulation().lastSeen(), world.simulation().cutPages());
    }

    private CutMarks marks() {
        return model.cutProperty().get();
    }

    private FileTile tile() {
        return model.pictureProperty().get().tiles().getFirst();
    }

    private Map<Integer, Fate> fates() {
        return world.simulation()
                .cutPages()
                .orElseThrow()
                .of(
                        world.simulation().config().storePathCommitLog().resolve("%020d".formatted(0)));
    }

    private void cutThePower() {
        world.runTo(30 * MILLI);
        see();
        see();
        world.simulation().apply(new Action.CutPower());
        see();
    }

    @Test
    void shouldMarkNothingBeforeThePowerIsCut() {
        // when
        world.runTo(30 * MILLI);
        see();
        see();
        // then
        assertThat(marks()).isEqualTo(CutMarks.NONE);
    }

    @Test
    void shouldShowWhileTheStoreIsDeadWhatBecameOfEachPageThatWasNotOnDisk() {
        // when
        cutThePower();
        // then
        assertThat(fates()).isNotEmpty();
        fates().forEach((page, fate) -> assertThat(marks().in(tile(), (long) page * PAGE, (page + 1L) * PAGE))
                .as("page %d", page)
                .contains(fate));
        long counted = Arrays.stream(Fate.values()).mapToLong(marks()::count).sum();
        assertThat(counted).isEqualTo(fates().size());
    }

    @Test
    void shouldShowWhereThePointersStoodWhenThePowerWasCutAndNotWhenItWasSeenLast() {
        // given
        world.runTo(20 * MILLI);
        see();
        see();
        // when
        world.runTo(30 * MILLI);
        world.simulation().apply(new Action.CutPower());
        see();
        // then
        assertThat(model.pictureProperty().get().strip().wrote())
                .isEqualTo(world.simulation().lastCrash().orElseThrow().wroteOffset());
    }

    @Test
    void shouldShowCellsOfSeveralPagesAsPartlyLeftWhereTheyFaredDifferently() {
        // when
        cutThePower();
        // then
        boolean isOneFate = fates().values().stream().distinct().count() == 1;
        assertThat(marks().in(tile(), 0, FILE_BYTES)).contains(isOneFate
                ? fates().values().iterator().next()
                : Fate.PARTLY);
        assertThat(marks().in(tile(), FILE_BYTES - PAGE, FILE_BYTES)).isEmpty();
    }

    @Test
    void shouldSayOfThePageUnderTheCursorWhatTheCutMadeOfIt() {
        // given
        cutThePower();
        int page = fates().keySet().iterator().next();
        // when
        model.putCursor((long) page * PAGE);
        see();
        // then
        assertThat(model.cellLineProperty().get()).containsAnyOf("the power cut took it", "the power cut left it");
    }

    @Test
    void shouldForgetAMarkOnceSomethingElseIsWrittenThere() {
        // given
        cutThePower();
        world.simulation().apply(new Action.Reopen());
        world.simulation().runWhile(Phase.OPENING);
        see();
        long wrote = world.snapshot().log().wrote().offset();
        int last = fates().entrySet()
                .stream()
                .filter(entry -> entry.getValue() == Fate.TAKEN && (long) entry.getKey() * PAGE >= wrote)
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElseThrow();
        assertThat(marks().in(tile(), (long) last * PAGE, (last + 1L) * PAGE)).contains(Fate.TAKEN);
        // when
        world.simulation().apply(new Action.StartLoad(world.simulation().spec().loads().getFirst()));
        while (world.snapshot().log().wrote().offset() <= (last + 1L) * PAGE) {
            world.runTo(world.nanos() + MILLI);
        }
        see();
        // then
        assertThat(marks().in(tile(), (long) last * PAGE, (last + 1L) * PAGE)).isEmpty();
    }
}
