package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.inspect.QueueEntryView.State;
import dev.storescope.engine.inspect.QueueFiles.Entry;
import dev.storescope.engine.inspect.QueueFiles.QueueFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the entry of one message in its queue. Only files that the directory lists are opened, whatever the message's
/// topic says.
///
/// Threads: any.
final class QueueEntryFinder {
    private static final String CONSUME_QUEUE = "consumequeue";

    private final Disk disk;
    private final Path directory;

    /// @param directory of the store
    QueueEntryFinder(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    QueueEntryView find(MessageExt message) {
        String name = "%s/%s/%d".formatted(CONSUME_QUEUE, message.topic(), message.queueId());
        if (!SysFlag.entersQueue(message.sysFlag())) {
            return new QueueEntryView(State.NONE_NEEDED, name, 0, 0, 0, 0);
        }
        try (MappedFiles mapped = new MappedFiles(disk, 1)) {
            QueueFiles files = new QueueFiles(mapped, name);
            Optional<Path> topic = child(directory.resolve(CONSUME_QUEUE), message.topic());
            if (topic.isPresent()) {
                Optional<Path> queue = child(topic.get(), Integer.toString(message.queueId()));
                if (queue.isPresent()) {
                    addFiles(queue.get(), files);
                }
            }
            Optional<QueueFile> file = files.fileOf(message.queueOffset());
            if (file.isEmpty()) {
                return new QueueEntryView(State.NO_FILE, name, 0, 0, 0, 0);
            }
            long position = message.queueOffset() * QueueFiles.ENTRY_BYTES - file.get().fromPosition();
            return view(message, files.nameOf(file.get()), position, files.entry(file.get(), position));
        } catch (IOException e) {
            throw new StoreException("%s: %s".formatted(directory.resolve(CONSUME_QUEUE), e.getMessage()), e);
        }
    }

    private static QueueEntryView view(MessageExt message, String file, long position, Entry entry) {
        boolean fits = entry.commitLogOffset() == message.commitLogOffset()
                && entry.sizeBytes() == message.storeSizeBytes();
        State state = fits ? State.FITS : entry.isZero() ? State.ZEROS : State.OTHER;
        return new QueueEntryView(state, file, position, entry.commitLogOffset(), entry.sizeBytes(), entry.tagsCode());
    }

    private Optional<Path> child(Path parent, String name) throws IOException {
        boolean listed = disk.exists(parent)
                && disk.list(parent).stream().anyMatch(entry -> entry.directory() && entry.name().equals(name));
        return listed ? Optional.of(parent.resolve(name)) : Optional.empty();
    }

    private void addFiles(Path queue, QueueFiles files) throws IOException {
        for (Disk.Entry entry : disk.list(queue)) {
            Optional<Long> from = entry.directory() ? Optional.empty() : StoreInspector.offset(entry.name());
            from.ifPresent(position -> files.add(new QueueFile(queue.resolve(entry.name()), position,
                    entry.sizeBytes())));
        }
    }
}
