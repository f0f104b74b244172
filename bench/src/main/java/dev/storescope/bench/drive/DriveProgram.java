package dev.storescope.bench.drive;

import dev.storescope.bench.drive.StoreUnderTest.ReadTally;
import dev.storescope.bench.drive.StoreUnderTest.Reader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;

/// The process in which one engine works: takes orders line by line and answers each with its figures.
///
/// An order is a word and a directory; see [Order].
public final class DriveProgram {
    /// Begins each line that is an answer; stores may write what they like besides.
    public static final String ANSWER = "@figures ";
    /// Begins the line that tells what went wrong.
    public static final String FAILURE = "@failure ";

    /// What was read is kept where all can see it, so that no compiler leaves the reading out.
    private static volatile long lastSum;

    private final Engine engine;
    private final Load load;
    private final MessageTexts texts = new MessageTexts(7);

    private DriveProgram(Engine engine, Load load) {
        this.engine = engine;
        this.load = load;
    }

    /// What can be asked for.
    public enum Order {
        /// Puts into a new store and deletes it.
        PUT,
        /// Puts into a new store and stops cleanly; the files stay.
        FILL,
        /// Opens the store that is there, until queues and index are whole, and dies: as killed as before.
        OPEN_AND_DIE,
        /// Likewise, and stops cleanly.
        OPEN_AND_STOP,
        /// Puts into a new store and dies.
        FILL_AND_DIE,
        /// Reads all messages of the store that is there, again and again.
        READ;

        public String line(Path directory) {
            return name() + " " + directory;
        }
    }

    /// @param arguments an [Engine], then those of a [Load]
    public static void main(String[] arguments) throws IOException {
        List<String> all = Arrays.asList(arguments);
        DriveProgram program = new DriveProgram(Engine.valueOf(all.getFirst()),
                Load.parse(all.subList(1, all.size())));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        try {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ", 2);
                Figures figures = program.obey(Order.valueOf(words[0]), Path.of(words[1]));
                System.out.println(ANSWER + figures.text());
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.out.println(FAILURE + e);
            status = 1;
        }
        // RocketMQ's store leaves threads behind that keep a process alive.
        System.exit(status);
    }

    private Figures obey(Order order, Path directory) throws IOException, InterruptedException {
        return switch (order) {
            case PUT -> put(directory);
            case FILL -> fill(directory);
            case FILL_AND_DIE -> {
                Figures figures = fillAndLeave(directory).figures;
                Thread.sleep(load.settleMs());
                yield die(figures);
            }
            case OPEN_AND_DIE -> die(open(directory).figures);
            case OPEN_AND_STOP -> {
                Opened opened = open(directory);
                opened.store.close();
                yield opened.figures;
            }
            case READ -> read(directory);
        };
    }

    private record Opened(StoreUnderTest store, Figures figures) {
    }

    /// The answer is all that is left of this process.
    private static Figures die(Figures figures) {
        System.out.println(ANSWER + figures.text());
        System.out.flush();
        Runtime.getRuntime().halt(0);
        return figures;
    }

    private Figures put(Path directory) throws IOException, InterruptedException {
        StoreUnderTest store = newStore(directory);
        Figures figures = new PutRound(load, store, texts).run();
        store.discard();
        load.warm().settle();
        deleteAll(directory);
        return figures;
    }

    private Figures fill(Path directory) throws IOException, InterruptedException {
        Opened opened = fillAndLeave(directory);
        opened.store.close();
        return opened.figures;
    }

    private Opened fillAndLeave(Path directory) throws IOException, InterruptedException {
        StoreUnderTest store = newStore(directory);
        return new Opened(store, new PutRound(load, store, texts).run());
    }

    private StoreUnderTest newStore(Path directory) throws IOException {
        deleteAll(directory);
        Files.createDirectories(directory);
        StoreUnderTest store = engine.make(load.setup(directory));
        store.load();
        store.start();
        return store;
    }

    private Opened open(Path directory) throws IOException {
        StoreUnderTest store = engine.make(load.setup(directory));
        Usage before = Usage.now();
        long began = System.nanoTime();
        store.load();
        long loadedNs = System.nanoTime() - began;
        store.start();
        long openNs = System.nanoTime() - began;
        PutRound.awaitWhole(store);
        long wholeNs = System.nanoTime() - began;
        Usage used = Usage.now().since(before);
        long messages = PutRound.messagesInQueues(store);
        return new Opened(store, new Figures().set(Figure.MESSAGES, messages)
                .set(Figure.LOAD_SECONDS, loadedNs / 1e9)
                .set(Figure.OPEN_SECONDS, openNs / 1e9)
                .set(Figure.WHOLE_SECONDS, wholeNs / 1e9)
                .set(Figure.REBUILD_RATE, messages / (wholeNs / 1e9))
                .set(Figure.CPU_PER_MILLION, used.cpuNs() / 1e9 / (messages / 1e6)));
    }

    private Figures read(Path directory) throws IOException, InterruptedException {
        StoreUnderTest store = engine.make(load.setup(directory));
        store.load();
        store.start();
        PutRound.awaitWhole(store);
        Reader reader = store.newReader();
        readFor(reader, load.seconds() / 2);
        Usage before = Usage.now();
        long began = System.nanoTime();
        ReadTally tally = readFor(reader, load.seconds());
        double seconds = (System.nanoTime() - began) / 1e9;
        Usage used = Usage.now().since(before);
        store.close();
        return new Figures().set(Figure.MESSAGES, tally.messages)
                .set(Figure.READ_RATE, tally.messages / seconds)
                .set(Figure.CPU_PER_MILLION, used.cpuNs() / 1e9 / (tally.messages / 1e6))
                .set(Figure.BYTES_PER_MESSAGE, (double) used.allocatedBytes() / tally.messages);
    }

    private static ReadTally readFor(Reader reader, double seconds) {
        ReadTally tally = new ReadTally();
        long endNs = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < endNs) {
            readAll(reader, tally);
        }
        lastSum = tally.sum;
        return tally;
    }

    /// Queue after queue, 32 messages at a time.
    static void readAll(Reader reader, ReadTally tally) {
        for (String topic : MessageTexts.topics()) {
            for (int queueId = 0; queueId < MessageTexts.QUEUES; queueId++) {
                readQueue(reader, topic, queueId, tally);
            }
        }
    }

    private static void readQueue(Reader reader, String topic, int queueId, ReadTally tally) {
        long offset = 0;
        long before;
        do {
            before = offset;
            offset = reader.read(topic, queueId, before, tally);
        } while (offset != before);
    }

    public static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
