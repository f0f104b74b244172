package dev.storescope.engine;

import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.QueryMessageResult.Coverage;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.index.IndexQuery;
import dev.storescope.engine.index.IndexService;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.LogHoles.SoundPart;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.TailSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds messages without going through a queue: by offset, by id, by key, by time.
///
/// Threads: any.
final class MessageLookup {
    private final CommitLog log;
    private final IndexService index;
    private final Supplier<ProofSnapshot> proof;

    /// @param proof says how much of the log the index has
    MessageLookup(CommitLog log, IndexService index, Supplier<ProofSnapshot> proof) {
        this.proof = proof;
        this.log = log;
        this.index = index;
    }

    Optional<MessageExt> byOffset(long commitLogOffset) {
        return record(commitLogOffset, RecordScanner::decode);
    }

    /// Nothing when the record there has another size.
    Optional<MessageExt> byOffset(long commitLogOffset, int sizeBytes) {
        return byOffset(commitLogOffset).filter(message -> message.storeSizeBytes() == sizeBytes);
    }

    /// Nothing when the message there was stored by another host, as after the directory was copied.
    Optional<MessageExt> byId(MessageId id) {
        return byOffset(id.commitLogOffset()).filter(message -> message.storeHost().equals(id.storeHost()));
    }

    QueryMessageResult byKey(IndexQuery query) {
        List<MessageExt> messages = new ArrayList<>();
        DispatchRequest request = new DispatchRequest();
        // Before the search: what comes into the index meanwhile may be missed.
        ProofSnapshot before = proof.get();
        Coverage coverage = new Coverage(before.indexedOffset(), before.toIndexOffset());
        IndexService.Hits hits = index.search(query, log.files().minOffset(), log.maxOffset());
        for (long offset : hits.offsets()) {
            // An entry that was damaged on disk may point to a message with other keys.
            record(offset, scanner -> IndexService.hasKey(request.at(scanner), query)
                    ? Optional.of(scanner.decode())
                    : Optional.<MessageExt>empty()).flatMap(Function.identity()).ifPresent(messages::add);
        }
        IndexSnapshot state = index.snapshot();
        return new QueryMessageResult(List.copyOf(messages), state.endTimestamp(), state.endOffset(), coverage,
                hits.walk());
    }

    /// The first message that was stored at this time or later.
    Optional<MessageExt> byTime(long storeTimestamp) {
        Optional<MessageExt> found = Optional.empty();
        List<MappedFile> files = log.files().files();
        // The last file whose first message is older holds it, or the file behind that.
        int first = files.size() - 1;
        while (first > 0 && log.firstStoreTimestamp(files.get(first)) >= storeTimestamp) {
            first--;
        }
        for (int i = Math.max(0, first); i < files.size() && found.isEmpty(); i++) {
            found = inFile(files.get(i), storeTimestamp);
        }
        return found;
    }

    private Optional<MessageExt> inFile(MappedFile file, long storeTimestamp) {
        return log.files().select(file.fromOffset()).flatMap(lease -> {
            try (lease) {
                return log.holes()
                        .soundParts(lease.startOffset(), lease.startOffset() + lease.sizeBytes())
                        .stream()
                        .flatMap(part -> inPart(part, file, lease, storeTimestamp).stream())
                        .findFirst();
            }
        });
    }

    private Optional<MessageExt> inPart(SoundPart part, MappedFile file, SelectMappedBufferResult lease,
            long storeTimestamp) {
        RecordScanner scanner = scanner(lease, CrcCheck.SKIP);
        scanner.limitTo(part.toOffset() - lease.startOffset());
        OptionalLong from = OptionalLong.of(part.fromOffset());
        while (from.isPresent() && from.getAsLong() < part.toOffset()) {
            Found found = scanner.seek(from.getAsLong() - lease.startOffset()).next();
            while (found == Found.RECORD && !isLookedFor(scanner, lease, storeTimestamp)) {
                found = scanner.next();
            }
            if (found == Found.RECORD) {
                return Optional.of(scanner.decode());
            }
            from = found == Found.BLANK || scanner.commitLogOffset() >= part.toOffset()
                    ? OptionalLong.empty()
                    : behindDamage(file, scanner.commitLogOffset());
        }
        return Optional.empty();
    }

    /// Where the log goes on behind a place at which no record stands, within the file: nobody has looked there yet, or the proof
    /// has made a hole of it since the sound parts were cut out. Nothing at the end of the log.
    private OptionalLong behindDamage(MappedFile file, long commitLogOffset) {
        if (log.unproven().holds(commitLogOffset)) {
            return new TailSearch(CrcCheck.CHECK, _ -> true).lookFrom(file, commitLogOffset - file.fromOffset() + 1);
        }
        long sound = log.holes().nextSoundOffset(commitLogOffset);
        return sound > commitLogOffset ? OptionalLong.of(sound) : OptionalLong.empty();
    }

    /// A body that nobody has checked yet is checked; a damaged one is gone over.
    private boolean isLookedFor(RecordScanner record, SelectMappedBufferResult lease, long storeTimestamp) {
        return record.storeTimestamp() >= storeTimestamp && (log.unproven().holds(record.commitLogOffset())
                ? scanner(lease, CrcCheck.CHECK).seek(record.position()).next() == Found.RECORD
                // Asked again, since the proof may have come past after the sound parts were cut out.
                : log.holes().at(record.commitLogOffset()).isEmpty());
    }

    private <T> Optional<T> record(long commitLogOffset, Function<RecordScanner, T> read) {
        if (log.holes().at(commitLogOffset).isPresent()) {
            return Optional.empty();
        }
        return log.files().select(commitLogOffset).flatMap(lease -> {
            try (lease) {
                RecordScanner scanner = scanner(lease, CrcCheck.CHECK);
                return scanner.next() == Found.RECORD ? Optional.of(read.apply(scanner)) : Optional.<T>empty();
            }
        });
    }

    private static RecordScanner scanner(SelectMappedBufferResult lease, CrcCheck crcCheck) {
        return new RecordScanner(lease.segment(), lease.startOffset(), lease.sizeBytes(), crcCheck);
    }
}
