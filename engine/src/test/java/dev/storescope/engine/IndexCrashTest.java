package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// However a store ends, and whichever files of its index are lost: when it was opened and stopped again, the index says
/// exactly what the log says. An independent reader checks that.
class IndexCrashTest {
    private static final int ROUNDS = 8;
    private static final Path INDEX = Stores.ROOT.resolve("index");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSayWhatTheLogSaysAfterAnyEnd(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        FlushDiskType type = random.nextBoolean() ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH;
        MessageStoreConfig.Builder config = Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, type);
        UnforcedDisk disk = new UnforcedDisk(UnforcedDisk.Entries.DURABLE_WHEN_FORCED);
        for (int round = 0; round < ROUNDS; round++) {
            // when
            disk = runAndEnd(config, disk, random);
            if (random.nextInt(4) == 0) {
                loseAnIndexFile(disk, random);
            }
            if (random.nextBoolean()) {
                disk = openAndLosePower(config, disk, random);
            }
            Stores.start(config, disk).shutdown();

            // then
            CheckReport report = new StoreCheck(LiveEnvironment.builder().disk(disk).build(), config.build())
                    .run(CheckProgress.NONE);
            assertThat(report.faults()).as("seed %d, round %d", seed, round).isEmpty();
            assertThat(report.isSound()).as("seed %d, round %d", seed, round).isTrue();
        }
    }

    @Test
    void shouldNeverLeaveASecondFileWithoutItsHeaderWhateverDiesWhen() {
        // given somebody who looks whenever the disk is asked for something
        UnforcedDisk disk = new UnforcedDisk();
        Map<String, Long> ends = new ConcurrentHashMap<>();
        Consumer<Path> look = _ -> lookAtHeaders(disk, ends);
        disk.faults().beforeCreate(look);
        disk.faults().beforeMap(look);
        disk.faults().beforeForce(look);
        disk.faults().beforeForceDirectory(look);
        // when
        DefaultMessageStore store = Stores.start(Stores.config(), disk);
        for (int i = 0; i < 100; i++) {
            store.putMessage(Stores.message("topic", 0).propertiesString("KEYS\u0001a" + i + "\u0002"));
        }
        store.shutdown();
        // then it saw several, and each of them said where the one before ends
        assertThat(ends).hasSizeGreaterThan(1).doesNotContainValue(0L);
    }

    /// Of all files but the first.
    private static void lookAtHeaders(UnforcedDisk disk, Map<String, Long> ends) {
        try {
            List<String> names = disk.list(INDEX).stream().map(Disk.Entry::name).sorted().toList();
            for (String name : names.subList(Math.min(1, names.size()), names.size())) {
                ends.merge(name, ByteBuffer.wrap(disk.readAll(INDEX.resolve(name))).getLong(8), Math::min);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnforcedDisk runAndEnd(MessageStoreConfig.Builder config, UnforcedDisk disk, Random random) {
        DefaultMessageStore store = Stores.start(config, disk);
        for (int i = random.nextInt(150); i > 0; i--) {
            store.putMessage(Stores.message("topic-" + random.nextInt(2), random.nextInt(2))
                    .propertiesString(MessageProperties.encode(properties(random))));
        }
        UnforcedDisk left;
        switch (random.nextInt(4)) {
            case 0 -> {
                store.shutdown();
                left = disk;
            }
            case 1 -> {
                store.kill();
                left = disk;
            }
            case 2 -> left = disk.kill();
            default -> left = disk.powerCut(random.nextLong());
        }
        store.kill();
        return left;
    }

    private static Map<String, String> properties(Random random) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (random.nextInt(3) > 0) {
            properties.put(MessageProperties.UNIQ_KEY, "unique-" + random.nextInt(1_000));
        }
        if (random.nextBoolean()) {
            properties.put(MessageProperties.KEYS, "key-%d 键%d".formatted(random.nextInt(20), random.nextInt(20)));
        }
        if (random.nextBoolean()) {
            properties.put(MessageProperties.TAGS, "tag-" + random.nextInt(3));
        }
        return properties;
    }

    private static void loseAnIndexFile(UnforcedDisk disk, Random random) throws IOException {
        List<Disk.Entry> files = disk.list(INDEX);
        if (!files.isEmpty()) {
            disk.delete(INDEX.resolve(files.get(random.nextInt(files.size())).name()));
            disk.forceDirectory(INDEX);
        }
    }

    /// The power fails between the opening, which builds what is missing, and the start.
    private static UnforcedDisk openAndLosePower(MessageStoreConfig.Builder config, UnforcedDisk disk, Random random) {
        DefaultMessageStore store = new DefaultMessageStore(config.build(),
                LiveEnvironment.builder().disk(disk).build());
        store.load();
        UnforcedDisk left = disk.powerCut(random.nextLong());
        store.kill();
        return left;
    }
}
