package dev.storescope.engine.api;

import java.util.List;

/// Messages of one topic and queue that are appended together: one lock hold, one contiguous piece of one file,
/// consecutive queue offsets (RocketMQ `MessageExtBatch`).
///
/// @param messages at least one; all of one topic and queue, none delayed or transactional
public record MessageExtBatch(List<MessageExtBrokerInner> messages) {
    public MessageExtBatch {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("message batch: expected at least one message, found none");
        }
    }

    public MessageExtBrokerInner first() {
        return messages.getFirst();
    }
}
