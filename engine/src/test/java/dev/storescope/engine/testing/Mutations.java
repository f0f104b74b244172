package dev.storescope.engine.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Makes a store hostile: bytes, numbers, lengths, names and links are changed at random, most often where they matter.
public final class Mutations {
    private static final long[] NUMBERS = {0, 1, -1, 7, 8, 90, 91, 4_096, 65_535, 65_536, 65_537, Byte.MAX_VALUE,
        Short.MAX_VALUE, Short.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 8, 1L << 40,
        Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE / 20, Long.MAX_VALUE - 19};
    /// As long as the topics of the golden stores.
    private static final List<String> TOPICS = List.of("../../x", "/tmp/xx", "..\\..\\x", ".......", "a/../bc",
            "top\0c-1",
            "con:aux", "\u007f\u0001\n\r\t\b ");
    private static final int ENTRY_BYTES = 20;
    private static final int INDEX_HEADER_BYTES = 40;

    private final Random random;
    private final Path store;
    private final List<String> done = new ArrayList<>();

    private Mutations(long seed, Path store) {
        this.random = new Random(seed);
        this.store = store;
    }

    /// @return what was changed
    public static List<String> apply(long seed, Path store) throws IOException {
        Mutations mutations = new Mutations(seed, store);
        int count = 1 + mutations.random.nextInt(6);
        for (int i = 0; i < count; i++) {
            mutations.one();
        }
        return mutations.done;
    }

    private void one() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(store)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        String kind = store.relativize(file).getName(0).toString();
        switch (random.nextInt(12)) {
            case 0 -> flip(file);
            case 1 -> length(file);
            case 2 -> {
                Files.delete(file);
                done.add("deleted " + file);
            }
            case 3 -> rename(file);
            case 4 -> number(file, random.nextInt(100_000), Long.BYTES);
            case 5, 6, 7 -> {
                switch (kind) {
                    case "commitlog" -> record(file);
                    case "consumequeue" -> number(file, random.nextInt(40) * ENTRY_BYTES + 4 * random.nextInt(3), 8);
                    case "index" -> index(file);
                    default -> number(file, random.nextInt(6) * Long.BYTES, Long.BYTES);
                }
            }
            case 8 -> topic();
            case 9 -> copy(file, files.get(random.nextInt(files.size())));
            case 10 -> directory();
            default -> record(store.resolve("commitlog").resolve("%020d".formatted(0)));
        }
    }

    private void flip(Path file) throws IOException {
        long size = Files.size(file);
        if (size > 0) {
            long position = random.nextInt(3) == 0 ? random.nextLong(size) : random.nextLong(Math.min(size, 8_000));
            write(file, position, new byte[] {(byte) random.nextInt()});
        }
    }

    private void length(Path file) throws IOException {
        long length = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            case 2 -> Files.size(file) / 2;
            case 3 -> Files.size(file) + random.nextInt(100_000);
            default -> 1L << 28; // sparse
        };
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
        done.add("made %s %d bytes long".formatted(file, length));
    }

    private void rename(Path file) throws IOException {
        String name = switch (random.nextInt(5)) {
            case 0 -> "%020d".formatted(random.nextLong(Long.MAX_VALUE));
            case 1 -> "%020d".formatted(Long.MAX_VALUE);
            case 2 -> "99999999999999999999";
            case 3 -> "99999999999999999";
            default -> "x".repeat(random.nextInt(200) + 1);
        };
        Path to = file.resolveSibling(name);
        if (!Files.exists(to)) {
            Files.move(file, to);
            done.add("renamed %s to %s".formatted(file, name));
        }
    }

    /// A field of one of the records, which need not begin where it looks.
    private void record(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        byte[] bytes = Files.size(file) > 1 << 20 ? new byte[0] : Files.readAllBytes(file);
        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at + 100 < bytes.length; at++) {
            if (bytes[at + 4] == (byte) 0xDA && bytes[at + 5] == (byte) 0xA3 && bytes[at + 6] == 0x20) {
                starts.add(at);
            }
        }
        if (!starts.isEmpty()) {
            int start = starts.get(random.nextInt(starts.size()));
            int[] fields = {0, 4, 8, 12, 16, 20, 28, 36, 56, 76, 84};
            number(file, start + fields[random.nextInt(fields.length)], random.nextBoolean() ? 4 : 8);
        }
    }

    private void index(Path file) throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> number(file, 4 * random.nextInt(10), 4);
            case 1 -> number(file, INDEX_HEADER_BYTES + 4 * random.nextInt(100), 4);
            default ->
                    number(file, INDEX_HEADER_BYTES + 400 + random.nextInt(400) * ENTRY_BYTES + 4 * random.nextInt(5),
                            4);
        }
    }

    /// The CRC of a record does not cover its topic, so these records are sound.
    private void topic() throws IOException {
        Path file = store.resolve("commitlog").resolve("%020d".formatted(0));
        if (!Files.isRegularFile(file) || Files.size(file) > 1 << 20) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String topic = "topic-" + random.nextInt(3);
        byte[] hostile = TOPICS.get(random.nextInt(TOPICS.size())).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(topic); at >= 0; at = text.indexOf(topic, at + 1)) {
            System.arraycopy(hostile, 0, bytes, at, topic.length());
        }
        Files.write(file, bytes);
        done.add("renamed topic %s to %s".formatted(topic, new String(hostile, StandardCharsets.ISO_8859_1)));
    }

    private void copy(Path from, Path to) throws IOException {
        byte[] bytes = Files.size(from) > 1 << 20 ? new byte[8] : Files.readAllBytes(from);
        Files.write(to, bytes);
        done.add("copied %s to %s".formatted(from, to));
    }

    private void directory() throws IOException {
        String[] names = {"consumequeue/topic-0/99999999999", "consumequeue/topic-0/-1", "consumequeue/ /0",
            "consumequeue/...", "index/00000000000000001", "commitlog/00000000000000999999",
            "consumequeue/topic-1/0/00000000000000020000", "consumequeue/topic-9/07"};
        Path directory = store.resolve(names[random.nextInt(names.length)]);
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            done.add("made directory " + directory);
        }
    }

    private void number(Path file, long position, int bytes) throws IOException {
        long number = random.nextInt(4) == 0 ? random.nextInt(200_000) : NUMBERS[random.nextInt(NUMBERS.length)];
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (number >> 8 * (bytes - 1 - i));
        }
        if (position + bytes <= Files.size(file)) {
            write(file, position, content);
        }
    }

    private void write(Path file, long position, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            open.write(bytes);
        }
        done.add("wrote %d bytes at %d of %s".formatted(bytes.length, position, file));
    }
}
