package dev.storescope.engine.api;

/// Something the caller cannot go on from: says what was expected, what was found, and in which file or setting.
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
