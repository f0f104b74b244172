package dev.storescope.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which Storescope this is: the build writes it into `storescope.properties`.
final class Version {

    private Version() {}

    static String current() {
        try (InputStream stream = Version.class.getResourceAsStream("/storescope.properties")) {
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
