package dev.storescope.engine.sim;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.sim.Ledger.Stranger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The messages of a log, and which of them nobody has claimed.
final class FoundMessages {
    private final MessageStore store;
    /// By offset.
    private final Map<Long, One> unclaimed = new TreeMap<>();
    /// Offsets, by what stands there.
    private final Map<Long, List<Long>> byHash = new TreeMap<>();

    private FoundMessages(MessageStore store) {
        this.store = store;
    }

    private record One(long hash, String topic, int queueId) {
    }

    /// Reads the whole log of a store that is loaded, but for its holes.
    static FoundMessages in(MessageStore store) {
        FoundMessages found = new FoundMessages(store);
        long fileSizeBytes = store.config().mappedFileSizeCommitLog();
        for (long offset = store.getMinPhyOffset(); offset < store.getMaxPhyOffset(); offset += fileSizeBytes) {
            found.readFile(offset, Math.min(offset + fileSizeBytes, store.getMaxPhyOffset()));
        }
        return found;
    }

    private void readFile(long fromOffset, long endOffset) {
        long offset = fromOffset;
        while (offset < endOffset) {
            Optional<LogHole> hole = store.holeAt(offset);
            offset = hole.isPresent() ? hole.get().toOffset() : readUpToHole(offset, endOffset);
        }
    }

    /// @return where the hole begins, or the end of the file
    private long readUpToHole(long offset, long endOffset) {
        Optional<SelectMappedBufferResult> bytes = store.getCommitLogData(offset);
        if (bytes.isEmpty()) {
            return endOffset;
        }
        try (SelectMappedBufferResult lease = bytes.get()) {
            RecordScanner scanner = new RecordScanner(lease.segment(), offset, lease.sizeBytes(), CrcCheck.CHECK);
            while (scanner.next() == Found.RECORD) {
                add(scanner.decode());
            }
            return offset + lease.sizeBytes();
        }
    }

    private void add(MessageExt message) {
        long hash = ContentHash.of(message);
        unclaimed.put(message.commitLogOffset(), new One(hash, message.topic(), message.queueId()));
        byHash.computeIfAbsent(hash, key -> new ArrayList<>(1)).add(message.commitLogOffset());
    }

    /// Claims a message.
    ///
    /// @param offset where it was put; negative when that is not known
    /// @return where it stands; -1 when it is not there
    long take(long hash, long offset) {
        if (offset >= 0) {
            One one = unclaimed.get(offset);
            if (one != null) {
                return one.hash == hash ? claim(hash, offset) : -1;
            }
            // Behind something that cannot be read, where no walk comes by.
            return store.lookMessageByOffset(offset).filter(message -> ContentHash.of(message) == hash).isPresent()
                    ? offset
                    : -1;
        }
        List<Long> offsets = byHash.getOrDefault(hash, List.of());
        return offsets.isEmpty() ? -1 : claim(hash, offsets.getFirst());
    }

    private long claim(long hash, long offset) {
        byHash.get(hash).remove(offset);
        unclaimed.remove(offset);
        return offset;
    }

    /// Those that nobody claimed.
    List<Stranger> left() {
        List<Stranger> left = new ArrayList<>();
        unclaimed.forEach((offset, one) -> left.add(new Stranger(offset, one.topic, one.queueId,
                "nobody put it, it is there twice, or a crash before had taken it")));
        return left;
    }
}
