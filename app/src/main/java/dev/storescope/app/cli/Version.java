package dev.storescope.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version, which the build writes into `storescope.properties`.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("/storescope.properties")) {
            properties.load(stream);
        }
        return new String[] {"storescope " + properties.getProperty("version")};
    }
}
