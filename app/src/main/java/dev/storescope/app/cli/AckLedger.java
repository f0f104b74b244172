package dev.storescope.app.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.load.AckListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;

/// Writes a JSON line for each acknowledged message, and returns when the system has it: what is written survives a
/// kill of this process at any moment.
///
/// Threads: any number of producers; [#close()] after the last of them.
final class AckLedger implements AckListener, AutoCloseable {
    /// RocketMQ stores CRCs without their sign bit.
    private static final int CRC_MASK = 0x7FFFFFFF;

    private final Path file;
    private final FileChannel channel;
    /// Guards the channel while one line is written: lines are whole and never mixed.
    private final ReentrantLock writing = new ReentrantLock();

    private AckLedger(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Begins an empty ledger.
    static AckLedger create(Path file) throws IOException {
        return new AckLedger(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING));
    }

    @Override
    public void onAcknowledged(MessageExtBrokerInner message, AppendMessageResult append) {
        ByteBuffer line = ByteBuffer.wrap(line(message, append).getBytes(StandardCharsets.UTF_8));
        writing.lock();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ledger %s cannot be written: %s".formatted(file, e.getMessage()), e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static String line(MessageExtBrokerInner message, AppendMessageResult append) {
        CRC32 crc = new CRC32();
        crc.update(message.body(), 0, message.bodySizeBytes());
        StringBuilder line = new StringBuilder(256);
        text(line.append("{\"topic\":"), message.topic());
        line.append(",\"queueId\":").append(message.queueId());
        line.append(",\"queueOffset\":").append(append.queueOffset());
        line.append(",\"physicalOffset\":").append(append.wroteOffset());
        line.append(",\"size\":").append(append.wroteBytes());
        line.append(",\"bodyCrc32\":").append((int) crc.getValue() & CRC_MASK);
        text(line.append(",\"keys\":"), property(message, MessageProperties.KEYS));
        text(line.append(",\"tags\":"), property(message, MessageProperties.TAGS));
        return line.append("}\n").toString();
    }

    private static String property(MessageExtBrokerInner message, String name) {
        return MessageProperties.find(message.propertiesString(), name);
    }

    private static void text(StringBuilder line, String text) {
        JsonStringEncoder.getInstance().quoteAsString(text, line.append('"'));
        line.append('"');
    }
}
