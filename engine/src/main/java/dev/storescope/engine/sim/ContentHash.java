package dev.storescope.engine.sim;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.sim.disk.Draws;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Tells messages apart by all that makes them what they are: topic, queue, flag, properties, body.
final class ContentHash {
    private ContentHash() {
    }

    static long of(MessageExtBrokerInner message) {
        return of(message.topic(), message.queueId(), message.flag(), message.propertiesString(),
                of(message.body(), message.bodySizeBytes()));
    }

    static long of(MessageExt message) {
        return of(message.topic(), message.queueId(), message.flag(), message.propertiesString(),
                of(message.body(), message.body().length));
    }

    private static long of(String topic, int queueId, int flag, String properties, long body) {
        long hash = Draws.mixed(body, topic.hashCode());
        hash = Draws.mixed(hash, (long) queueId << 32 | flag & 0xFFFFFFFFL);
        return Draws.mixed(hash, properties.hashCode());
    }

    private static long of(byte[] body, int sizeBytes) {
        CRC32 one = new CRC32();
        one.update(body, 0, sizeBytes);
        CRC32C other = new CRC32C();
        other.update(body, 0, sizeBytes);
        return one.getValue() << 32 | other.getValue();
    }
}
