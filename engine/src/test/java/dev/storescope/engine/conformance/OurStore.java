package dev.storescope.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.IndexSnapshot.IndexFileSnapshot;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// This engine on a directory, with the geometry and the messages that RocketMQ's has as well.
final class OurStore {
    private OurStore() {
    }

    static MessageStoreConfig config(RealStoreProgram.Task task) {
        boolean sync = task.mode().equals("SYNC");
        return MessageStoreConfig.builder(task.directory())
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, (long) RealStoreProgram.LOG_FILE_BYTES)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, (long) RealStoreProgram.QUEUE_FILE_BYTES)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, (long) RealStoreProgram.INDEX_SLOTS)
                .set(StoreSetting.MAX_INDEX_NUM, (long) RealStoreProgram.INDEX_ENTRIES)
                .set(StoreSetting.MAX_MSGS_NUM_BATCH, 10_000)
                .set(StoreSetting.FLUSH_DISK_TYPE, sync ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, task.mode().equals("POOL"))
                // Where files are to expire: the disk counts as too full for them, however full it is.
                .set(StoreSetting.DISK_SPACE_CLEAN_FORCIBLY_RATIO, task.end().equals("EXPIRED") ? 1 : 98)
                .set(StoreSetting.DISK_SPACE_WARNING_LEVEL_RATIO, 99)
                .set(StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL, 0)
                .set(StoreSetting.CLEAN_RESOURCE_INTERVAL, task.end().equals("EXPIRED") ? 10 : 10_000)
                .build();
    }

    static CheckReport check(RealStoreProgram.Task task) {
        return new StoreCheck(LiveEnvironment.withoutProbe(), config(task)).run(CheckProgress.NONE);
    }

    /// Opens the directory, compares what is in it, puts more, and ends as the task says.
    ///
    /// @param expected all that was put before, by offset
    /// @return what was put now
    static List<Line> run(RealStoreProgram.Task task, List<Line> expected) {
        DefaultMessageStore store = new DefaultMessageStore(config(task), LiveEnvironment.withoutProbe());
        store.load();
        store.start();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        compare(task, store, expected);
        List<Line> put = put(task, store);
        store.flush();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        switch (task.end()) {
            case "CLEAN" -> store.shutdown();
            case "KILLED" -> store.kill();
            case "EXPIRED" -> {
                deleteExpired(store);
                store.shutdown();
            }
            default -> throw new IllegalArgumentException(task.text());
        }
        return put;
    }

    /// Waits until the files before the last two are gone from the log, and what points to them from queues and index.
    private static void deleteExpired(DefaultMessageStore store) {
        long lastFile = store.getMaxPhyOffset() / RealStoreProgram.LOG_FILE_BYTES * RealStoreProgram.LOG_FILE_BYTES;
        store.executeDeleteFilesManually();
        Stores.await(() -> store.getMinPhyOffset() == lastFile);
        Stores.awaitSnapshot(store, now -> {
            List<IndexFileSnapshot> files = now.dispatch().index().files();
            return files.size() < 2 || files.getFirst().endOffset() >= lastFile;
        });
    }

    /// What is in the directory, as this engine shows it: nothing is put.
    static List<Line> read(RealStoreProgram.Task task) {
        DefaultMessageStore store = new DefaultMessageStore(config(task), LiveEnvironment.withoutProbe());
        store.load();
        try (store) {
            List<Line> lines = LogContents.of(store).stream().map(OurStore::line).toList();
            compare(task, store, lines);
            return lines;
        }
    }

    /// Puts without end, and tells of each message when it is acknowledged.
    static void load(RealStoreProgram.Task task, Consumer<Line> acknowledged) {
        DefaultMessageStore store = new DefaultMessageStore(config(task), LiveEnvironment.withoutProbe());
        store.load();
        store.start();
        for (long seed = task.seed();; seed++) {
            put(new RealStoreProgram.Task(task.directory(), task.mode(), task.end(), seed, task.puts()), store)
                    .forEach(acknowledged);
        }
    }

    /// Puts, forces the log, and puts more; then the power fails: the directory has what was forced, and of the rest the pages
    /// that chance says were written back.
    ///
    /// @return what was put, forced or not
    static List<Line> putUntilPowerFails(RealStoreProgram.Task task) throws IOException {
        UnforcedDisk disk = new UnforcedDisk();
        DefaultMessageStore store = new DefaultMessageStore(config(task),
                LiveEnvironment.builder().disk(disk).build());
        store.load();
        store.start();
        List<Line> put = new ArrayList<>(put(task, store));
        store.flush();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        put.addAll(
                put(new RealStoreProgram.Task(task.directory(), task.mode(), task.end(), task.seed() + 1, task.puts()),
                        store));
        UnforcedDisk left = disk.powerCut(task.seed());
        store.kill();
        copy(left, task.directory());
        return put;
    }

    private static void copy(Disk from, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Disk.Entry entry : from.list(directory)) {
            Path path = directory.resolve(entry.name());
            if (entry.directory()) {
                copy(from, path);
            } else {
                Files.write(path, from.readAll(path));
            }
        }
    }

    private static void compare(RealStoreProgram.Task task, DefaultMessageStore store, List<Line> expected) {
        Map<String, Long> ends = new HashMap<>();
        for (Line line : expected) {
            Optional<MessageExt> found = store.lookMessageByOffset(line.commitLogOffset());
            assertThat(found).as("%s: message at %d", task, line.commitLogOffset()).isPresent();
            assertThat(line(found.get())).as("%s", task).isEqualTo(line);
            if (line.entersQueue()) {
                assertThat(store.getCommitLogOffsetInQueue(line.topic(), line.queueId(), line.queueOffset()))
                        .as("%s: %s / %d at %d", task, line.topic(), line.queueId(), line.queueOffset())
                        .hasValue(line.commitLogOffset());
                ends.put(line.topic() + " " + line.queueId(), line.queueOffset() + 1);
            }
            if (line.isIndexed()) {
                compareKeys(task, store, line);
            }
        }
        ends.forEach((queue, end) -> {
            String[] names = queue.split(" ");
            assertThat(store.getMaxOffsetInQueue(names[0], Integer.parseInt(names[1]))).as("%s: %s", task, queue)
                    .isEqualTo(end);
        });
        long end = store.lookMessageByOffset(expected.isEmpty() ? -1 : expected.getLast().commitLogOffset())
                .map(last -> last.commitLogOffset() + last.storeSizeBytes())
                .orElse(0L);
        // A process that is killed may have filled up the file behind the last record.
        long endOfFile = Math.ceilDiv(end, RealStoreProgram.LOG_FILE_BYTES) * RealStoreProgram.LOG_FILE_BYTES;
        assertThat(store.getMaxPhyOffset()).as("%s", task).isIn(end, endOfFile);
    }

    private static void compareKeys(RealStoreProgram.Task task, DefaultMessageStore store, Line line) {
        List<String> keys = new ArrayList<>(List.of(line.property(TestMessage.UNIQ_KEY)));
        keys.addAll(List.of(line.property(TestMessage.KEYS).split(" ")));
        keys.add(line.property(TestMessage.TAGS).isEmpty() ? "" : "T#" + line.property(TestMessage.TAGS));
        keys.removeIf(String::isEmpty);
        for (String key : keys) {
            assertThat(store.queryMessage(line.topic(), key, 10_000, 0, Long.MAX_VALUE).messages())
                    .as("%s: key '%s' of %s", task, key, line.topic())
                    .extracting(MessageExt::commitLogOffset)
                    .contains(line.commitLogOffset());
        }
    }

    private static List<Line> put(RealStoreProgram.Task task, DefaultMessageStore store) {
        List<Line> lines = new ArrayList<>();
        for (List<TestMessage> put : TestMessage.puts(task.seed(), task.puts())) {
            PutMessageResult result = put.size() == 1
                    ? store.putMessage(inner(put.getFirst()))
                    : store.putMessages(new MessageExtBatch(put.stream().map(OurStore::inner).toList()));
            assertThat(result.status()).as("%s", task).isEqualTo(PutMessageStatus.PUT_OK);
            for (int i = 0; i < put.size(); i++) {
                long offset = put.size() == 1 ? result.append().wroteOffset() : result.append().batchOffsets()[i];
                lines.add(put.get(i)
                        .line(offset, result.append().queueOffset() + i, result.append().storeTimestamp()));
            }
        }
        return lines;
    }

    private static MessageExtBrokerInner inner(TestMessage message) {
        return new MessageExtBrokerInner().topic(message.topic())
                .queueId(message.queueId())
                .flag(message.flag())
                .sysFlag(message.sysFlag())
                .body(message.body())
                .propertiesString(message.propertiesText())
                .bornTimestamp(message.bornTimestamp())
                .bornHost(HostAddress.of(message.bornHost()))
                .storeHost(HostAddress.of(message.storeHost()))
                .reconsumeTimes(message.reconsumeTimes())
                .preparedTransactionOffset(message.preparedTransactionOffset())
                .delayTimeLevel(message.delayLevel());
    }

    private static Line line(MessageExt message) {
        return new Line(message.commitLogOffset(), message.topic(), message.queueId(), message.queueOffset(),
                message.flag(), message.sysFlag(), message.bornTimestamp(), host(message.bornHost()),
                message.storeTimestamp(), host(message.storeHost()), message.reconsumeTimes(),
                message.preparedTransactionOffset(), Line.hex(message.body()),
                Line.properties(message.properties()));
    }

    private static String host(HostAddress host) {
        byte[] bytes = new byte[host.sizeBytes()];
        host.copyTo(bytes, 0);
        return Line.host(Arrays.copyOf(bytes, bytes.length - Integer.BYTES), host.port());
    }
}
