package dev.storescope.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// A store that RocketMQ itself wrote, with what is in it, unpacked from the test resources in `golden/`.
///
/// @param name of the archive, without `.tar.gz`
/// @param directory with `store/` and the descriptions beside it
public record GoldenStore(String name, Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BLOCK_BYTES = 512;

    /// The names of all.
    public static List<String> names() {
        return List.of("p01-empty", "p02-single", "p03-async-clean", "p04-sync-aborted", "p05-ipv6", "p06-batch",
                "p07-delay", "p08-torn-tail-aborted", "p09-no-consumequeue");
    }

    /// @param target an empty directory
    public static GoldenStore unpack(String name, Path target) {
        try (InputStream packed = GoldenStore.class.getResourceAsStream("/golden/" + name + ".tar.gz");
                InputStream tar = new GZIPInputStream(packed)) {
            while (unpackEntry(tar, target)) {
                // one after another
            }
            return new GoldenStore(name, target.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /// The directory to open.
    public Path store() {
        return directory.resolve("store");
    }

    /// What was written, as the real store gave it back.
    public List<JsonNode> manifest() {
        return lines("manifest.jsonl");
    }

    /// The lines of the messages of [#manifest()] that the real store still had when it was opened again.
    public List<JsonNode> written() {
        long end = recoveredEndOffset();
        return manifest().stream()
                .filter(line -> line.get("type").asText().equals("msg"))
                .filter(line -> line.get("physicalOffset").asLong() < end)
                .toList();
    }

    /// Where the log ended when the real store was opened again.
    public long recoveredEndOffset() {
        return expected().get("afterLoad").get("maxPhyOffset").asLong();
    }

    /// Every queue entry as the real store served it, before any damage.
    public List<JsonNode> readback() {
        return lines("readback.jsonl");
    }

    /// What an independent reader found in the files.
    public List<JsonNode> dump() {
        return lines("dump.jsonl");
    }

    public List<JsonNode> dump(String type) {
        return dump().stream().filter(line -> line.get("type").asText().equals(type)).toList();
    }

    /// What the real store did when it opened a copy.
    public JsonNode expected() {
        return lines("expected.json").getFirst();
    }

    /// Bytes of each file of the commit log.
    public long segmentSizeBytes() {
        return manifest().getLast().get("config").get("mappedFileSizeCommitLog").asLong();
    }

    /// Bytes of each file of a consume queue.
    public long queueFileBytes() {
        return manifest().getLast().get("config").get("mappedFileSizeConsumeQueue").asLong();
    }

    /// Hash slots of each index file.
    public long indexSlots() {
        return manifest().getLast().get("config").get("maxHashSlotNum").asLong();
    }

    /// Entries of each index file, the one that is never used among them.
    public long indexEntries() {
        return manifest().getLast().get("config").get("maxIndexNum").asLong();
    }

    private List<JsonNode> lines(String file) {
        try {
            return Files.readAllLines(directory.resolve(file)).stream().map(GoldenStore::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /// An entry of a tar file: a header of one block, then the content, padded to whole blocks.
    ///
    /// @return false at the end
    private static boolean unpackEntry(InputStream tar, Path target) throws IOException {
        byte[] header = tar.readNBytes(BLOCK_BYTES);
        if (header.length < BLOCK_BYTES || header[0] == 0) {
            return false;
        }
        String prefix = text(header, 345, 155);
        String name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
        int sizeBytes = Integer.parseInt(text(header, 124, 12).strip(), 8);
        Path path = target.resolve(name).normalize();
        switch (header[156]) {
            case '5' -> Files.createDirectories(path);
            case '0', 0 -> {
                Files.createDirectories(path.getParent());
                Files.write(path, tar.readNBytes(sizeBytes));
                tar.skipNBytes(Math.floorMod(-sizeBytes, BLOCK_BYTES));
            }
            default -> throw new IOException("%s: expected a file or a directory, found tar type %c"
                    .formatted(name, header[156]));
        }
        return true;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }
}
