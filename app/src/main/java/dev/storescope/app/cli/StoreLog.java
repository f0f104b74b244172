package dev.storescope.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// Gathers what a simulated store logs, in place of lines on stderr: their clock is not the simulated one, and a service
/// that fails in each turn would say so thousands of times.
final class StoreLog implements AutoCloseable {
    private static final String LOGGER = "dev.storescope";
    private static final int MOST_KINDS = 20;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Gatherer gatherer = new Gatherer();
    private long others;

    /// From now on, until it is closed.
    StoreLog() {
        if (LoggerFactory.getLogger(LOGGER) instanceof Logger logger) {
            gatherer.setContext(logger.getLoggerContext());
            gatherer.start();
            logger.addAppender(gatherer);
            logger.setAdditive(false);
        }
    }

    /// Each different line, with how often it came, in the order in which they came first.
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach((line, count) -> lines.add(count == 1
                ? line
                : "%s (%s times)".formatted(line,
                        Numbers.count(count))));
        if (others > 0) {
            lines.add("and %s others".formatted(Numbers.count(others)));
        }
        return lines;
    }

    private synchronized void add(String line) {
        if (counts.containsKey(line) || counts.size() < MOST_KINDS) {
            counts.merge(line, 1L, Long::sum);
        } else {
            others++;
        }
    }

    @Override
    public void close() {
        if (LoggerFactory.getLogger(LOGGER) instanceof Logger logger) {
            logger.setAdditive(true);
            logger.detachAppender(gatherer);
        }
    }

    /// Takes warnings and errors.
    private final class Gatherer extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
                return;
            }
            String name = event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1);
            IThrowableProxy thrown = event.getThrowableProxy();
            String why = thrown == null || thrown.getMessage() == null
                    || event.getFormattedMessage().contains(thrown.getMessage()) ? "" : ": " + thrown.getMessage();
            add("%s %s: %s%s".formatted(event.getLevel(), name, event.getFormattedMessage(), why));
        }
    }
}
