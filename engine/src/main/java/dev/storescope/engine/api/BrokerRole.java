package dev.storescope.engine.api;

/// What this store is among its copies (RocketMQ `BrokerRole`). A slave refuses puts.
public enum BrokerRole {
    ASYNC_MASTER, SYNC_MASTER, SLAVE
}
