package dev.storescope.app.panel.queues;

/// Which queue a line of the table is about.
record QueueKey(String topic, int queueId) {
}
