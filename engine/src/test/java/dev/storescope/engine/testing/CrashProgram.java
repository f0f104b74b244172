package dev.storescope.engine.testing;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A program that loads a store on real files and dies in the middle of it, or only holds one open.
public final class CrashProgram {
    /// What the process ends with when it died as it was told to.
    public static final int HALTED = 77;
    /// What it prints when the store that it holds is open.
    public static final String HOLDING = "holding";
    private static final int FEWEST_MESSAGES = 50;
    private static final int MOST_MESSAGES = 800;
    private static final int LONGEST_DELAY_NS = 400_000;

    private CrashProgram() {
    }

    /// How the store of the program flushes.
    public enum Mode {
        SYNC, ASYNC, POOL
    }

    /// @param arguments directory, mode, and to die also seed and ledger
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LiveEnvironment environment = LiveEnvironment.withoutProbe();
        DefaultMessageStore store = new DefaultMessageStore(config(Path.of(arguments[0]), Mode.valueOf(arguments[1])),
                environment);
        store.load();
        store.start();
        if (arguments.length == 2) {
            System.out.println(HOLDING);
            System.in.read();
            Runtime.getRuntime().halt(HALTED);
        }
        loadAndHalt(store, environment, Long.parseLong(arguments[2]), Path.of(arguments[3]));
    }

    private static void loadAndHalt(DefaultMessageStore store, LiveEnvironment environment, long seed, Path ledger)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        CountDownLatch wanted = new CountDownLatch(FEWEST_MESSAGES + random.nextInt(MOST_MESSAGES - FEWEST_MESSAGES));
        FileChannel lines = FileChannel.open(ledger, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        LoadSpec spec = LoadSpec.builder()
                .producers(6)
                .topics(2)
                .keys(true)
                .tags(3)
                .extraPropertyBytes(100)
                .body(new BodySize.Uniform(0, 1_500))
                .batchSize(seed % 3 == 0 ? 4 : 1)
                .seed(seed)
                .build();
        new LoadDriver(store, environment, spec, (message, append) -> {
            write(lines, Line.of(message, append));
            wanted.countDown();
        }).start();
        if (!wanted.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("%d acknowledgements did not come".formatted(wanted.getCount()));
        }
        long until = System.nanoTime() + random.nextInt(LONGEST_DELAY_NS);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(HALTED);
    }

    /// The settings that program and test open a directory with.
    public static MessageStoreConfig config(Path directory, Mode mode) {
        return MessageStoreConfig.builder(directory)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 131_072L)
                .set(StoreSetting.FLUSH_DISK_TYPE,
                        mode == Mode.SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, mode == Mode.POOL)
                .build();
    }

    /// Starts the program in a process of its own; what it says to standard error goes to [#errors].
    public static Process start(Path directory, Mode mode, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), CrashProgram.class.getName(), directory.toString(),
                mode.name()));
        command.addAll(Arrays.asList(more));
        return new ProcessBuilder(command).redirectError(errors(directory).toFile()).start();
    }

    public static Path errors(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".errors");
    }

    private static void write(FileChannel lines, Line line) {
        try {
            lines.write(ByteBuffer.wrap((line.text() + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The whole lines of a ledger; the process may have died in the middle of the last.
    public static List<Line> lines(Path ledger) throws IOException {
        String text = Files.readString(ledger, StandardCharsets.US_ASCII);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Line::parse).toList();
    }

    /// An acknowledged message.
    ///
    /// @param properties in hex
    /// @param body in hex
    public record Line(long offset, int sizeBytes, String topic, int queueId, long queueOffset, String properties,
            String body) {
        private static final HexFormat HEX = HexFormat.of();

        static Line of(MessageExtBrokerInner message, AppendMessageResult append) {
            return new Line(append.wroteOffset(), append.wroteBytes(), message.topic(), message.queueId(),
                    append.queueOffset(), hex(message.propertiesString()),
                    HEX.formatHex(message.body(), 0, message.bodySizeBytes()));
        }

        public static Line of(MessageExt message) {
            return new Line(message.commitLogOffset(), message.storeSizeBytes(), message.topic(), message.queueId(),
                    message.queueOffset(), hex(message.propertiesString()), HEX.formatHex(message.body()));
        }

        static Line parse(String text) {
            String[] fields = text.split(" ", -1);
            return new Line(Long.parseLong(fields[0]), Integer.parseInt(fields[1]), fields[2],
                    Integer.parseInt(fields[3]), Long.parseLong(fields[4]), fields[5], fields[6]);
        }

        String text() {
            return "%d %d %s %d %d %s %s".formatted(offset, sizeBytes, topic, queueId, queueOffset, properties, body);
        }

        private static String hex(String text) {
            return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
