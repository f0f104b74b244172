package dev.storescope.engine.archfixture.env;

import java.nio.file.Files;
import java.nio.file.Path;

/// `env` is the place for all that.
public final class MayDoWhatOthersMayNot {

    synchronized boolean look(Path path) {
        return System.nanoTime() > 0 && Thread.currentThread().isAlive() && Files.exists(path);
    }
}
