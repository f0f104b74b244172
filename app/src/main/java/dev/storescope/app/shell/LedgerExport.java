package dev.storescope.app.shell;

import dev.storescope.app.panel.PanelHost;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.session.inspect.ExportFormat;
import dev.storescope.app.session.ledger.LedgerFile;
import dev.storescope.app.session.ledger.LedgerReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// Asks for a file and writes a ledger into it, beside the window.
final class LedgerExport {
    private final StoreSession session;
    private final PanelHost host;

    LedgerExport(StoreSession session, PanelHost host) {
        this.session = session;
        this.host = host;
    }

    void ask(LedgerReport report, ExportFormat format) {
        host.pickNewFile("ledger.export", "storescope-ledger." + format.suffix())
                .ifPresent(file -> CompletableFuture.runAsync(() -> write(report, format, file)));
    }

    private void write(LedgerReport report, ExportFormat format, Path file) {
        try {
            LedgerFile.write(report, format, file);
            session.note("session.ledgerWritten", file.toString());
        } catch (IOException e) {
            session.noteFailure("session.ledgerFailed", "%s: %s".formatted(file, e.getMessage()));
        }
    }
}
