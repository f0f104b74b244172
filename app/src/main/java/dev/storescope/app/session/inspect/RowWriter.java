package dev.storescope.app.session.inspect;

import dev.storescope.engine.inspect.BrowsedRow;
import java.io.IOException;

/// Writes rows one after another; [#close] ends the text and closes what is below it.
interface RowWriter extends AutoCloseable {
    void write(BrowsedRow row) throws IOException;

    @Override
    void close() throws IOException;
}
