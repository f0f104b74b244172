package dev.storescope.engine.api;

import java.util.Optional;

/// Something the caller cannot go on from: says what was expected, what was found, and in which file or setting.
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<StoreFault> fault;

    public StoreException(String message) {
        super(message);
        fault = Optional.empty();
    }

    public StoreException(StoreFault fault, String message) {
        super(message);
        this.fault = Optional.of(fault);
    }

    public StoreException(StoreFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = Optional.of(fault);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
        fault = Optional.empty();
    }

    /// What it is about, where that is one of the kinds that can be told apart.
    public Optional<StoreFault> fault() {
        return fault == null ? Optional.empty() : fault;
    }
}
