package dev.storescope.engine.env;

import java.io.IOException;

/// There is no room for a file or a write.
public class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
