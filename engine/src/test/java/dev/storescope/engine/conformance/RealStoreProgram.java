package dev.storescope.engine.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.QueryMessageResult;
import org.apache.rocketmq.store.SelectMappedBufferResult;
import org.apache.rocketmq.store.config.FlushDiskType;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.queue.ConsumeQueueInterface;
import org.apache.rocketmq.store.queue.CqUnit;
import org.apache.rocketmq.store.stats.BrokerStatsManager;

/// Opens directories with RocketMQ's own store, all at once since it mostly waits: writes down all that is in each, puts
/// more, and ends cleanly or not.
public final class RealStoreProgram {
    static final int LOG_FILE_BYTES = 65_536;
    static final int QUEUE_FILE_BYTES = 20_000;
    static final int INDEX_SLOTS = 100;
    static final int INDEX_ENTRIES = 400;
    /// What the process ends with when all went well, and stores were left running.
    static final int HALTED = 77;
    private static final Object MAKING = new Object();
    private static final int MAX_FOUND = 64;
    private static final int PHYSICAL_OFFSET = 28;

    private final DefaultMessageStore store;
    private final PrintWriter out;

    private RealStoreProgram(DefaultMessageStore store, PrintWriter out) {
        this.store = store;
        this.out = out;
    }

    /// What is to be done with one directory.
    ///
    /// @param mode `SYNC`, `ASYNC` or `POOL`
    /// @param end `CLEAN` or `KILLED`; `EXPIRED` is clean, and this engine deletes old files before
    /// @param seed of the messages to put
    /// @param puts how many
    record Task(Path directory, String mode, String end, long seed, int puts) {
        String text() {
            return String.join("|", directory.toString(), mode, end, Long.toString(seed), Integer.toString(puts));
        }

        static Task parse(String text) {
            String[] fields = text.split("\\|");
            return new Task(Path.of(fields[0]), fields[1], fields[2], Long.parseLong(fields[3]),
                    Integer.parseInt(fields[4]));
        }

        /// Where the program writes what it found.
        Path found() {
            return directory.resolveSibling(directory.getFileName() + ".found");
        }
    }

    /// @param tasks texts of [Task]
    public static void main(String[] tasks) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        boolean halt = false;
        try (ExecutorService executor = Executors.newFixedThreadPool(tasks.length)) {
            for (String text : tasks) {
                Task task = Task.parse(text);
                halt |= task.end().equals("KILLED");
                running.add(executor.submit(() -> {
                    run(task);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(halt ? HALTED : 0);
    }

    private static void run(Task task) throws Exception {
        DefaultMessageStore store = open(task);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(task.found()))) {
            RealStoreProgram program = new RealStoreProgram(store, out);
            program.tellAll();
            program.put(task);
            if (!task.end().equals("KILLED")) {
                store.shutdown();
            }
            out.println("done");
        }
    }

    private static DefaultMessageStore open(Task task) throws Exception {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(task.directory().toString());
        config.setStorePathCommitLog(task.directory().resolve("commitlog").toString());
        config.setMappedFileSizeCommitLog(LOG_FILE_BYTES);
        config.setMappedFileSizeConsumeQueue(QUEUE_FILE_BYTES);
        config.setMaxHashSlotNum(INDEX_SLOTS);
        config.setMaxIndexNum(INDEX_ENTRIES);
        config.setFlushDiskType(task.mode().equals("SYNC") ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH);
        config.setTransientStorePoolEnable(task.mode().equals("POOL"));
        config.setHaListenPort(0);
        config.setEnableCompaction(false);
        config.setTimerWheelEnable(false);
        ConcurrentMap<String, TopicConfig> topics = new ConcurrentHashMap<>();
        DefaultMessageStore store;
        // One after another: its constructor fills a table that all stores share and nothing guards (StoreStatsService).
        synchronized (MAKING) {
            store = new DefaultMessageStore(config, new BrokerStatsManager("conformance", false),
                    (topic, queueId, logicOffset, tagsCode, msgStoreTime, filterBitMap, properties) -> {
                    }, new BrokerConfig(), topics);
        }
        if (!store.load()) {
            throw new IOException("%s: expected to be loaded, found that it is not".formatted(task.directory()));
        }
        store.start();
        awaitDispatched(store);
        return store;
    }

    private static void awaitDispatched(DefaultMessageStore store) throws InterruptedException {
        while (store.dispatchBehindBytes() > 0) {
            Thread.sleep(10);
        }
    }

    private void tellAll() {
        long end = store.getMaxPhyOffset();
        long offset = store.getMinPhyOffset();
        while (offset < end) {
            MessageExt message = store.lookMessageByOffset(offset);
            if (message == null) {
                // a blank: the log goes on in the next file
                offset = (offset / LOG_FILE_BYTES + 1) * LOG_FILE_BYTES;
                continue;
            }
            out.println("msg " + line(message).text());
            tellKeys(message);
            offset += message.getStoreSize();
        }
        store.getConsumeQueueTable().values().forEach(ofTopic -> ofTopic.values().forEach(this::tellQueue));
        out.println("end " + end);
    }

    private void tellKeys(MessageExt message) {
        List<String> keys = new ArrayList<>();
        keys.add(message.getProperty(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX));
        if (message.getKeys() != null) {
            keys.addAll(List.of(message.getKeys().split(" ")));
        }
        for (String key : keys) {
            QueryMessageResult result = store.queryMessage(message.getTopic(), key, MAX_FOUND, 0, Long.MAX_VALUE);
            boolean found = result.getMessageMapedList()
                    .stream()
                    .map(SelectMappedBufferResult::getByteBuffer)
                    .anyMatch(record -> record.getLong(PHYSICAL_OFFSET) == message.getCommitLogOffset());
            if (found) {
                out.println("key %d %s".formatted(message.getCommitLogOffset(), key));
            }
            result.release();
        }
    }

    private void tellQueue(ConsumeQueueInterface queue) {
        for (long i = queue.getMinOffsetInQueue(); i < queue.getMaxOffsetInQueue(); i++) {
            CqUnit unit = queue.get(i);
            out.println("cq %s %d %d %s".formatted(queue.getTopic(), queue.getQueueId(), i,
                    unit == null ? "none" : "%d %d %d".formatted(unit.getPos(), unit.getSize(), unit.getTagsCode())));
        }
    }

    private void put(Task task) throws InterruptedException {
        for (List<TestMessage> put : TestMessage.puts(task.seed(), task.puts())) {
            PutMessageResult result = put.size() == 1
                    ? store.putMessage(inner(put.getFirst().stored()))
                    : store.putMessages(batch(put));
            if (result.getPutMessageStatus() != PutMessageStatus.PUT_OK) {
                throw new IllegalStateException("expected PUT_OK, found %s for %s".formatted(result, put));
            }
            String[] ids = result.getAppendMessageResult().getMsgId().split(",");
            for (int i = 0; i < ids.length; i++) {
                long offset = Long.parseUnsignedLong(ids[i].substring(ids[i].length() - 16), 16);
                out.println("put " + put.get(i)
                        .line(offset, result.getAppendMessageResult().getLogicsOffset() + i,
                                result.getAppendMessageResult().getStoreTimestamp())
                        .text());
            }
        }
        store.flush();
        awaitDispatched(store);
    }

    private static MessageExtBrokerInner inner(TestMessage message) {
        MessageExtBrokerInner inner = new MessageExtBrokerInner();
        fill(inner, message);
        inner.setBody(message.body());
        inner.setPropertiesString(message.propertiesText());
        MessageAccessor.setProperties(inner, new LinkedHashMap<>(message.properties()));
        return inner;
    }

    private static MessageExtBatch batch(List<TestMessage> messages) {
        MessageExtBatch batch = new MessageExtBatch();
        fill(batch, messages.getFirst());
        List<Message> each = new ArrayList<>();
        for (TestMessage message : messages) {
            Message one = new Message();
            one.setTopic(message.topic());
            one.setFlag(message.flag());
            one.setBody(message.body());
            MessageAccessor.setProperties(one, new LinkedHashMap<>(message.properties()));
            each.add(one);
        }
        batch.setBody(MessageDecoder.encodeMessages(each));
        return batch;
    }

    private static void fill(MessageExtBrokerInner inner, TestMessage message) {
        inner.setTopic(message.topic());
        inner.setQueueId(message.queueId());
        inner.setFlag(message.flag());
        inner.setSysFlag(message.sysFlag());
        inner.setBornTimestamp(message.bornTimestamp());
        inner.setBornHost(message.bornHost());
        inner.setStoreHost(message.storeHost());
        inner.setReconsumeTimes(message.reconsumeTimes());
        inner.setPreparedTransactionOffset(message.preparedTransactionOffset());
    }

    private static Line line(MessageExt message) {
        return new Line(message.getCommitLogOffset(), message.getTopic(), message.getQueueId(),
                message.getQueueOffset(), message.getFlag(), message.getSysFlag(), message.getBornTimestamp(),
                host(message.getBornHost()), message.getStoreTimestamp(), host(message.getStoreHost()),
                message.getReconsumeTimes(), message.getPreparedTransactionOffset(), Line.hex(message.getBody()),
                Line.properties(message.getProperties()));
    }

    private static String host(SocketAddress address) {
        InetSocketAddress host = (InetSocketAddress) address;
        return Line.host(host.getAddress().getAddress(), host.getPort());
    }
}
