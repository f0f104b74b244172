package dev.storescope.engine.file;

import java.util.concurrent.atomic.AtomicReference;

/// Whether the store may be written, and if not, why (RocketMQ `RunningFlags`).
///
/// Threads: any.
public final class RunningFlags {
    private final AtomicReference<String> notWriteable = new AtomicReference<>("");

    public boolean isWriteable() {
        return notWriteable.get().isEmpty();
    }

    /// "" while the store may be written.
    public String notWriteableReason() {
        return notWriteable.get();
    }

    /// Refuses writes from now on. A failed force or write is final: the system may have dropped the dirty pages, and a
    /// later success would not cover them. The first reason stays.
    ///
    /// @return false when writes were refused already
    public boolean turnUnwriteable(String reason) {
        return notWriteable.compareAndSet("", reason);
    }
}
