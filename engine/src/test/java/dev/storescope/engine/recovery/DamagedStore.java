package dev.storescope.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.BoundedStores;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.DerivedFiles;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.inspect.check.CheckFault;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.queue.RecoveryPoint;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// A store of small files with all that stood in it before somebody damaged its log, held to everything that a reader
/// may ask of it.
final class DamagedStore {
    static final int FILE_BYTES = StoreImage.FILE_BYTES;

    private final UnforcedDisk disk = new UnforcedDisk();
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, StoreImage.FIRST_TIMESTAMP);
    private final List<Put> puts = new ArrayList<>();
    private Opening opening = Opening.WHOLE;

    /// What the opening looks at.
    enum Opening {
        /// The whole log.
        WHOLE,
        /// What lies behind the recovery point; the rest is proven when the store runs.
        BOUNDED
    }

    /// What was put.
    record Put(String topic, int queueId, long queueOffset, long offset, int sizeBytes, long storeTimestamp, String key,
            byte[] body) {
        long endOffset() {
            return offset + sizeBytes;
        }

        private boolean isOf(Put other) {
            return topic.equals(other.topic) && queueId == other.queueId;
        }
    }

    UnforcedDisk disk() {
        return disk;
    }

    List<Put> puts() {
        return puts;
    }

    Put put(int index) {
        return puts.get(index);
    }

    void open(Opening how) {
        opening = how;
    }

    /// Returns when the whole log has been looked at.
    DefaultMessageStore start() {
        return switch (opening) {
            case WHOLE -> StoreImage.start(StoreImage.config(), environment);
            case BOUNDED -> {
                DefaultMessageStore store = BoundedStores.start(StoreImage.config(), environment);
                Stores.awaitSnapshot(store, snapshot -> snapshot.proof().isFinished());
                yield store;
            }
        };
    }

    /// The service does not come to its first turn in stores that are started from now on; "" for none.
    void withhold(String service) {
        environment.withholdThread(service);
    }

    /// Puts a message a second after the last, and expects it to be acknowledged.
    void put(DefaultMessageStore store, String topic, int queueId, byte[] body) {
        String key = "k" + puts.size();
        environment.set(environment.currentTimeMillis() + 1_000);
        PutMessageResult result = store.putMessage(new MessageExtBrokerInner().topic(topic)
                .queueId(queueId)
                .propertiesString("KEYS\1" + key + "\2TAGS\1t\2")
                .body(body));
        assertThat(result.status()).isEqualTo(PutMessageStatus.PUT_OK);
        AppendMessageResult appended = result.append();
        puts.add(new Put(topic, queueId, appended.queueOffset(), appended.wroteOffset(), appended.wroteBytes(),
                appended.storeTimestamp(), key, body));
    }

    /// The store was killed, with all that it had on disk.
    void killed() throws IOException {
        disk.writeAll(StoreImage.ABORT, "1".getBytes(StandardCharsets.US_ASCII));
    }

    /// Whoever used the directory last left no recovery point, as RocketMQ does.
    void forgetRecoveryPoint() throws IOException {
        disk.delete(RecoveryPoint.path(StoreImage.ROOT));
    }

    void flipBit(long offset) throws IOException {
        byte[] now = read(offset, 1);
        write(offset, new byte[] {(byte) (now[0] ^ 1)});
    }

    void zero(long fromOffset, long toOffset) throws IOException {
        write(fromOffset, new byte[(int) (toOffset - fromOffset)]);
    }

    void removeFile(long fromOffset) throws IOException {
        disk.delete(StoreImage.file(fromOffset));
        disk.forceDirectory(StoreImage.LOG);
    }

    void removeQueuesAndIndex() {
        DerivedFiles.delete(environment, StoreImage.config());
    }

    byte[] read(long offset, int sizeBytes) throws IOException {
        byte[] all = disk.readAll(fileOf(offset));
        int position = (int) (offset % FILE_BYTES);
        return Arrays.copyOfRange(all, position, position + sizeBytes);
    }

    void write(long offset, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(fileOf(offset))) {
            long position = offset % FILE_BYTES;
            file.write(position, MemorySegment.ofArray(bytes), 0, bytes.length);
            file.force(position, bytes.length);
        }
    }

    int sizeAt(long offset) throws IOException {
        return ByteBuffer.wrap(read(offset, Integer.BYTES)).getInt();
    }

    static Path fileOf(long offset) {
        return StoreImage.file(offset / FILE_BYTES * FILE_BYTES);
    }

    /// Opens the store, asks it everything, puts more, stops and opens it again, and once more after a kill: each time the
    /// same messages are readable and the others are said to be lost. The damaged bytes stay.
    ///
    /// @param isLost by the number of the message: it lies in a hole
    /// @param seed for the failure's message
    void assertServed(IntPredicate isLost, String seed) throws IOException {
        Set<Integer> lost = new TreeSet<>();
        for (int i = 0; i < puts.size(); i++) {
            if (isLost.test(i)) {
                lost.add(i);
            }
        }
        DefaultMessageStore store = start();
        List<LogHole> holes = store.logHoles();
        List<byte[]> damaged = bytesOf(holes);
        assertReadable(store, lost, seed);
        int old = puts.size();
        long[] nexts = puts.stream().mapToLong(put -> store.getMaxOffsetInQueue(put.topic, put.queueId)).toArray();
        for (int i = 0; i < Math.min(old, 5); i++) {
            put(store, puts.get(i).topic, puts.get(i).queueId, StoreImage.body(100 + i));
            assertThat(puts.getLast().queueOffset).as(seed).isGreaterThanOrEqualTo(nexts[i]);
        }
        assertReadable(store, lost, seed);
        store.shutdown();
        assertThat(disk.exists(StoreImage.ABORT)).as(seed).isFalse();
        assertCheckTellsOfTheLogOnly(holes, seed);

        DefaultMessageStore again = start();
        assertSameExtents(again, holes, seed);
        assertReadable(again, lost, seed);
        again.shutdown();

        killed();
        DefaultMessageStore afterKill = start();
        assertSameExtents(afterKill, holes, seed);
        assertReadable(afterKill, lost, seed);
        afterKill.shutdown();
        assertThat(bytesOf(holes)).as(seed).containsExactlyElementsOf(damaged);
        assertCheckTellsOfTheLogOnly(holes, seed);
    }

    /// What comes first names the fault and may tell of two holes, one at the end of the other, where another tells of one.
    private static void assertSameExtents(DefaultMessageStore store, List<LogHole> expected, String seed) {
        assertThat(extents(store.logHoles())).as(seed).isEqualTo(extents(expected));
    }

    private static List<String> extents(List<LogHole> holes) {
        List<String> extents = new ArrayList<>();
        for (int i = 0; i < holes.size(); i++) {
            long from = holes.get(i).fromOffset();
            while (i + 1 < holes.size() && holes.get(i + 1).fromOffset() == holes.get(i).toOffset()) {
                i++;
            }
            extents.add(from + " to " + holes.get(i).toOffset());
        }
        return extents;
    }

    /// What the disk has of the holes, file by file.
    private List<byte[]> bytesOf(List<LogHole> holes) throws IOException {
        List<byte[]> bytes = new ArrayList<>();
        for (LogHole hole : holes) {
            long offset = hole.fromOffset();
            while (offset < hole.toOffset()) {
                long end = Math.min(hole.toOffset(), (offset / FILE_BYTES + 1) * FILE_BYTES);
                if (disk.exists(fileOf(offset))) {
                    bytes.add(read(offset, (int) (end - offset)));
                }
                offset = end;
            }
        }
        return bytes;
    }

    private void assertReadable(DefaultMessageStore store, Set<Integer> lost, String seed) {
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        Stores.awaitSnapshot(store, snapshot -> snapshot.proof().isFinished());
        for (int i = 0; i < puts.size(); i++) {
            String where = "%s, message %d".formatted(seed, i);
            if (lost.contains(i)) {
                assertLost(store, puts.get(i), where);
            } else {
                assertFound(store, puts.get(i), where);
            }
            assertTime(store, i, lost, where);
        }
        assertQueues(store, lost, seed);
        assertLogData(store, seed);
    }

    private static void assertFound(DefaultMessageStore store, Put put, String where) {
        MessageExt byOffset = store.lookMessageByOffset(put.offset).orElseThrow(() -> new AssertionError(where));
        assertThat(byOffset.body()).as(where).isEqualTo(put.body);
        assertThat(store.lookMessageById(MessageId.parse(byOffset.messageId()))).as(where).isPresent();
        assertThat(store.holeAt(put.offset)).as(where).isEmpty();
        try (SelectMappedBufferResult bytes = store.selectOneMessageByOffset(put.offset).orElseThrow()) {
            assertThat(bytes.sizeBytes()).as(where).isEqualTo(put.sizeBytes);
        }
        assertThat(store.queryMessage(put.topic, put.key, 10, 0, Long.MAX_VALUE).messages())
                .as(where)
                .extracting(MessageExt::commitLogOffset)
                .containsExactly(put.offset);
        try (GetMessageResult result = store.getMessage("g", put.topic, put.queueId, put.queueOffset, 1,
                MessageFilter.ALL)) {
            assertThat(result.status()).as(where).isEqualTo(GetMessageStatus.FOUND);
            assertThat(result.messages()).as(where)
                    .singleElement()
                    .satisfies(message -> assertThat(message.body()).isEqualTo(put.body));
            assertThat(result.records().getFirst().segment().toArray(ValueLayout.JAVA_BYTE)).hasSize(put.sizeBytes);
        }
    }

    private void assertLost(DefaultMessageStore store, Put put, String where) {
        assertThat(store.lookMessageByOffset(put.offset)).as(where).isEmpty();
        assertThat(store.selectOneMessageByOffset(put.offset)).as(where).isEmpty();
        assertThat(store.selectOneMessageByOffset(put.offset, put.sizeBytes)).as(where).isEmpty();
        assertThat(store.getCommitLogData(put.offset)).as(where).isEmpty();
        assertThat(store.holeAt(put.offset)).as(where)
                .hasValueSatisfying(hole -> assertThat(hole.reason()).contains("expected", "found"));
        assertThat(store.queryMessage(put.topic, put.key, 10, 0, Long.MAX_VALUE).messages()).as(where).isEmpty();
        if (puts.stream().anyMatch(other -> other != put && other.isOf(put) && other.queueOffset == put.queueOffset)) {
            return; // nothing was left that knew of the queue offset, and another message has it now
        }
        try (GetMessageResult result = store.getMessage("g", put.topic, put.queueId, put.queueOffset, 32,
                MessageFilter.ALL)) {
            assertThat(result.status()).as(where)
                    .isIn(GetMessageStatus.MESSAGE_WAS_REMOVING, GetMessageStatus.OFFSET_TOO_SMALL,
                            GetMessageStatus.NO_MATCHED_LOGIC_QUEUE, GetMessageStatus.OFFSET_OVERFLOW_ONE,
                            GetMessageStatus.OFFSET_OVERFLOW_BADLY);
            assertThat(result.messageCount()).as(where).isZero();
        }
    }

    private void assertTime(DefaultMessageStore store, int index, Set<Integer> lost, String where) {
        int next = index;
        while (next < puts.size() && lost.contains(next)) {
            next++;
        }
        var found = store.lookMessageByTime(puts.get(index).storeTimestamp);
        if (next == puts.size()) {
            assertThat(found).as(where).isEmpty();
        } else {
            assertThat(found.orElseThrow(() -> new AssertionError(where)).commitLogOffset()).as(where)
                    .isEqualTo(puts.get(next).offset);
        }
    }

    /// As a consumer reads: from the minimum to the end, each message that can be read, in order, once.
    private void assertQueues(DefaultMessageStore store, Set<Integer> lost, String seed) {
        Set<String> done = new HashSet<>();
        for (Put queue : puts) {
            if (!done.add(queue.topic + queue.queueId)) {
                continue;
            }
            List<Put> expected = new ArrayList<>();
            for (int i = 0; i < puts.size(); i++) {
                if (puts.get(i).isOf(queue) && !lost.contains(i)) {
                    expected.add(puts.get(i));
                }
            }
            List<MessageExt> read = new ArrayList<>();
            long offset = store.getMinOffsetInQueue(queue.topic, queue.queueId);
            GetMessageStatus status = GetMessageStatus.FOUND;
            while (status == GetMessageStatus.FOUND || status == GetMessageStatus.MESSAGE_WAS_REMOVING) {
                try (GetMessageResult result = store.getMessage("g", queue.topic, queue.queueId, offset, 32,
                        MessageFilter.ALL)) {
                    status = result.status();
                    read.addAll(result.messages());
                    boolean on = status == GetMessageStatus.FOUND || status == GetMessageStatus.MESSAGE_WAS_REMOVING;
                    assertThat(on ? result.nextBeginOffset() : offset + 1).as(seed).isGreaterThan(offset);
                    offset = result.nextBeginOffset();
                }
            }
            assertThat(read).as("%s, topic %s, queue %d", seed, queue.topic, queue.queueId)
                    .extracting(MessageExt::commitLogOffset)
                    .containsExactlyElementsOf(expected.stream().map(Put::offset).toList());
            assertThat(read).extracting(MessageExt::queueOffset)
                    .containsExactlyElementsOf(expected.stream().map(Put::queueOffset).toList());
        }
    }

    /// No bytes of a hole are handed out.
    private static void assertLogData(DefaultMessageStore store, String seed) {
        for (long offset = store.getMinPhyOffset(); offset < store.getMaxPhyOffset(); offset += 997) {
            var data = store.getCommitLogData(offset);
            if (data.isPresent()) {
                try (SelectMappedBufferResult lease = data.get()) {
                    for (LogHole hole : store.logHoles()) {
                        boolean overlaps = lease.startOffset() < hole.toOffset()
                                && lease.startOffset() + lease.sizeBytes() > hole.fromOffset();
                        assertThat(overlaps).as("%s: bytes of %s from offset %d", seed, hole, offset).isFalse();
                    }
                }
            } else {
                assertThat(store.holeAt(offset)).as("%s, offset %d", seed, offset).isPresent();
            }
        }
    }

    private void assertCheckTellsOfTheLogOnly(List<LogHole> holes, String seed) {
        CheckReport report = check();
        assertThat(report.faults()).as(seed)
                .allSatisfy(fault -> assertThat(fault.kind().part()).isEqualTo(CheckFault.Part.LOG));
        assertThat(report.faults().isEmpty()).as(seed).isEqualTo(holes.isEmpty());
    }

    CheckReport check() {
        return new StoreCheck(environment, StoreImage.config()).run(CheckProgress.NONE);
    }
}
