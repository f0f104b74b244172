package dev.storescope.engine.log;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.SysFlag;
import java.util.Map;

/// Where a delayed message waits: it goes to a topic of its own, and its real topic and queue into its properties
/// (RocketMQ `ScheduleMessageService`).
public final class DelayedMessages {
    public static final String SCHEDULE_TOPIC = "SCHEDULE_TOPIC_XXXX";

    private DelayedMessages() {
    }

    /// Prepared and rolled-back messages are never delayed.
    static boolean isDelayed(MessageExtBrokerInner message) {
        return message.delayTimeLevel() > 0 && SysFlag.entersQueue(message.sysFlag());
    }

    public static int queueIdOf(int delayLevel) {
        return delayLevel - 1;
    }

    /// The properties text of a message that waits, with its level, real topic and real queue.
    static String properties(MessageExtBrokerInner message, int delayLevel) {
        Map<String, String> properties = MessageProperties.decode(message.propertiesString());
        properties.put(MessageProperties.DELAY, Integer.toString(delayLevel));
        properties.put(MessageProperties.REAL_TOPIC, message.topic());
        properties.put(MessageProperties.REAL_QUEUE_ID, Integer.toString(message.queueId()));
        return MessageProperties.encode(properties);
    }
}
