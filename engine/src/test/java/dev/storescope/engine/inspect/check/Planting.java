package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.check.CheckFault.Kind;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A fault that is put into a sound store.
enum Planting {
    FLIPPED_BODY_BYTE(Set.of(Kind.RECORD)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            return flip(golden, MIDDLE, BODY);
        }
    },
    FLIPPED_SIZE(Set.of(Kind.RECORD)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            return flip(golden, MIDDLE, 2);
        }
    },
    FLIPPED_MAGIC(Set.of(Kind.RECORD)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            return flip(golden, MIDDLE, 5);
        }
    },
    FLIPPED_MAGIC_OF_THE_FIRST(Set.of(Kind.RECORD)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            return flip(golden, 0, 4);
        }
    },
    ZEROS_IN_THE_LOG(Set.of(Kind.RECORD)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = "commitlog/" + FIRST;
            write(golden, file, offsetOf(golden, MIDDLE), new byte[sizeOf(golden, MIDDLE) + 17]);
            return file;
        }
    },
    ZEROED_QUEUE_ENTRY(Set.of(Kind.QUEUE_ENTRY_MISSING)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, QUEUE, 5 * ENTRY_BYTES, new byte[ENTRY_BYTES]);
            return QUEUE;
        }
    },
    ENTRY_THAT_POINTS_ELSEWHERE(Set.of(Kind.QUEUE_ENTRY_WRONG)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, QUEUE, 5 * ENTRY_BYTES, read(golden, QUEUE, 3 * ENTRY_BYTES, 8));
            return QUEUE;
        }
    },
    ENTRY_WITH_OTHER_TAGS(Set.of(Kind.QUEUE_ENTRY_WRONG)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, QUEUE, 5 * ENTRY_BYTES + 19, new byte[] {99});
            return QUEUE;
        }
    },
    SHIFTED_ENTRIES(Set.of(Kind.QUEUE_ENTRY_WRONG, Kind.QUEUE_ENTRY_STRAY)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            byte[] entries = read(golden, QUEUE, 4 * ENTRY_BYTES, 200 * ENTRY_BYTES);
            write(golden, QUEUE, 5 * ENTRY_BYTES, entries);
            return QUEUE;
        }
    },
    ENTRY_OF_NO_RECORD(Set.of(Kind.QUEUE_ENTRY_STRAY)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, QUEUE, 500 * ENTRY_BYTES, read(golden, QUEUE, 0, ENTRY_BYTES));
            return QUEUE;
        }
    },
    ENTRY_BEYOND_THE_LOG(Set.of(Kind.QUEUE_ENTRY_STRAY)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, QUEUE, 500 * ENTRY_BYTES, new byte[] {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 100});
            return QUEUE;
        }
    },
    MISSING_QUEUE_FILE(Set.of(Kind.QUEUE_ENTRY_MISSING)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            Files.delete(golden.store().resolve(QUEUE));
            return QUEUE.substring(0, QUEUE.lastIndexOf('/'));
        }
    },
    MISSING_QUEUE(Set.of(Kind.QUEUE_ENTRY_MISSING)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            Files.delete(golden.store().resolve(QUEUE));
            Files.delete(golden.store().resolve(QUEUE).getParent());
            return QUEUE.substring(0, QUEUE.lastIndexOf('/'));
        }
    },
    QUEUE_FILE_OF_ANOTHER_LENGTH(Set.of(Kind.QUEUE_FILE)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, QUEUE, 20_000, new byte[7]);
            return QUEUE;
        }
    },
    MISSING_LAST_LOG_FILE(Set.of(Kind.QUEUE_ENTRY_STRAY, Kind.INDEX_ENTRY, Kind.CHECKPOINT)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            List<Path> files = files(golden, "commitlog");
            // The last may hold nothing yet.
            for (Path file : files.subList(1, files.size())) {
                Files.delete(file);
            }
            return "consumequeue/";
        }
    },
    LOG_FILE_OF_ANOTHER_LENGTH(Set.of(Kind.LOG_FILE_LENGTH)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            Path last = files(golden, "commitlog").getLast();
            String file = "commitlog/" + last.getFileName();
            write(golden, file, Files.size(last), new byte[4_096]);
            return file;
        }
    },
    STALE_RECORD_BEHIND_THE_END(Set.of(Kind.BEHIND_LOG_END)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            return stale(golden, 0);
        }
    },
    STALE_RECORD_BEHIND_THE_END_THAT_LOOKS_SOUND(Set.of(Kind.BEHIND_LOG_END)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            return stale(golden, golden.recoveredEndOffset() + STALE_BEHIND);
        }
    },
    CHECKPOINT_TIME_OF_THE_FUTURE(Set.of(Kind.CHECKPOINT)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, "checkpoint", 1, new byte[] {1});
            return "checkpoint";
        }
    },
    CHECKPOINT_OFFSET_BEYOND_THE_LOG(Set.of(Kind.CHECKPOINT)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, "checkpoint", 44, new byte[] {1});
            return "checkpoint";
        }
    },
    CHECKPOINT_OFFSET_WITHIN_A_RECORD(Set.of(Kind.CHECKPOINT)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            write(golden, "checkpoint", 40, new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
            return "checkpoint";
        }
    },
    SHORT_CHECKPOINT(Set.of(Kind.CHECKPOINT)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            Files.write(golden.store().resolve("checkpoint"), new byte[48]);
            return "checkpoint";
        }
    },
    INDEX_CHAIN_THAT_GOES_ROUND(Set.of(Kind.INDEX_CHAIN)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            write(golden, file, indexEntry(50) + 16, new byte[] {0, 0, 0, 50});
            return file;
        }
    },
    INDEX_LINK_TO_A_LATER_ENTRY(Set.of(Kind.INDEX_CHAIN)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            write(golden, file, indexEntry(50) + 16, new byte[] {0, 0, 0, 60});
            return file;
        }
    },
    INDEX_LINK_BEYOND_THE_COUNT(Set.of(Kind.INDEX_CHAIN)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            write(golden, file, indexEntry(50) + 16, new byte[] {0, 1, 0, 0});
            return file;
        }
    },
    INDEX_CHAIN_CUT_OFF(Set.of(Kind.INDEX_CHAIN, Kind.INDEX_HEADER)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            int slot = 0;
            while (read(golden, file, INDEX_HEADER_BYTES + 4 * slot + 3, 1)[0] == 0) {
                slot++;
            }
            write(golden, file, INDEX_HEADER_BYTES + 4 * slot, new byte[4]);
            return file;
        }
    },
    INDEX_ENTRY_THAT_POINTS_ELSEWHERE(Set.of(Kind.INDEX_ENTRY, Kind.INDEX_KEY_MISSING)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            write(golden, file, indexEntry(50) + 4, new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
            return file;
        }
    },
    INDEX_COUNT_TOO_LARGE(Set.of(Kind.INDEX_HEADER)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            write(golden, file, 36, new byte[] {0x7F});
            return file;
        }
    },
    INDEX_END_OFFSET_WRONG(Set.of(Kind.INDEX_HEADER)) {
        @Override
        String plant(GoldenStore golden) throws IOException {
            String file = indexFile(golden);
            write(golden, file, 24, new byte[] {1});
            return file;
        }
    };

    static final String FIRST = "00000000000000000000";
    private static final String QUEUE = "consumequeue/topic-0/1/" + FIRST;
    private static final int ENTRY_BYTES = 20;
    private static final int MIDDLE = 20;
    private static final int BODY = 89;
    private static final int STALE_BEHIND = 300;
    private static final int INDEX_HEADER_BYTES = 40;
    /// What all golden stores were written with.
    static final int INDEX_SLOTS = 100;
    static final int INDEX_ENTRIES = 400;

    private final Set<Kind> kinds;

    Planting(Set<Kind> kinds) {
        this.kinds = kinds;
    }

    /// @return the file, or with what its path begins, that the fault is to be found in
    abstract String plant(GoldenStore golden) throws IOException;

    /// What has to be found, and nothing else.
    Set<Kind> kinds() {
        return kinds;
    }

    /// Changes a byte of a record of the first file.
    private static String flip(GoldenStore golden, int record, int at) throws IOException {
        String file = "commitlog/" + FIRST;
        long position = offsetOf(golden, record) + at;
        write(golden, file, position, new byte[] {(byte) (read(golden, file, position, 1)[0] ^ 1)});
        return file;
    }

    /// Puts a copy of the first record behind the end.
    private static String stale(GoldenStore golden, long ownOffset) throws IOException {
        byte[] record = read(golden, "commitlog/" + FIRST, 0, sizeOf(golden, 0));
        for (int i = 0; i < Long.BYTES; i++) {
            record[28 + i] = (byte) (ownOffset >> 56 - 8 * i);
        }
        long offset = golden.recoveredEndOffset() + STALE_BEHIND;
        long from = offset - offset % golden.segmentSizeBytes();
        String file = "commitlog/%020d".formatted(from);
        write(golden, file, offset - from, record);
        return file;
    }

    private static long offsetOf(GoldenStore golden, int record) {
        return golden.dump("msg").get(record).get("offset").asLong();
    }

    private static int sizeOf(GoldenStore golden, int record) {
        return golden.dump("msg").get(record).get("size").asInt();
    }

    private static long indexEntry(int entry) {
        return INDEX_HEADER_BYTES + 4L * INDEX_SLOTS + 20L * entry;
    }

    private static String indexFile(GoldenStore golden) throws IOException {
        return "index/" + files(golden, "index").getFirst().getFileName();
    }

    private static List<Path> files(GoldenStore golden, String directory) throws IOException {
        try (Stream<Path> files = Files.list(golden.store().resolve(directory))) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static byte[] read(GoldenStore golden, String file, long position, int sizeBytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(golden.store().resolve(file).toFile(), "r")) {
            byte[] bytes = new byte[sizeBytes];
            open.seek(position);
            open.readFully(bytes);
            return bytes;
        }
    }

    private static void write(GoldenStore golden, String file, long position, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(golden.store().resolve(file).toFile(), "rw")) {
            open.seek(position);
            open.write(bytes);
        }
    }
}
