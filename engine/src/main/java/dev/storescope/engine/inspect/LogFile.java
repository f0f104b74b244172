package dev.storescope.engine.inspect;

import java.nio.file.Path;

/// A file of the commit log as the directory lists it.
///
/// @param fromOffset offset in the log of its first byte, which is its name
public record LogFile(Path path, long fromOffset, long sizeBytes) {
    public String name() {
        return path.getFileName().toString();
    }
}
