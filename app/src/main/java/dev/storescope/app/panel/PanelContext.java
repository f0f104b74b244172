package dev.storescope.app.panel;

import dev.storescope.app.pulse.Pulse;
import dev.storescope.app.session.StoreSession;
import dev.storescope.app.text.Texts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Everything that a panel may use. One for all panels of a window.
///
/// Threads: the JavaFX thread.
public final class PanelContext {
    private final StoreSession session;
    private final Texts texts;
    private final Selection selection;
    private final Selection inspectedSelection = new Selection();
    private final PanelHost host;
    private final Map<Class<?>, Object> kept = new HashMap<>();

    public PanelContext(StoreSession session, Texts texts, Selection selection, PanelHost host) {
        this.session = session;
        this.texts = texts;
        this.selection = selection;
        this.host = host;
    }

    /// Commands, and what takes longer than a frame to find out. What is shown comes from the frame.
    public StoreSession session() {
        return session;
    }

    public Texts texts() {
        return texts;
    }

    public Selection selection() {
        return selection;
    }

    /// The same for the directory that is looked at, whose log is another one.
    public Selection inspectedSelection() {
        return inspectedSelection;
    }

    public PanelHost host() {
        return host;
    }

    /// Made at the first call, the same one ever after: for view models, which outlive their views.
    public <T> T keep(Class<T> type, Supplier<T> make) {
        return type.cast(kept.computeIfAbsent(type, _ -> make.get()));
    }

    /// Hands the result of a command to `consumer` on the JavaFX thread. A failed command has already been told to the
    /// user; the consumer is not called then.
    public <T> void whenDone(CompletableFuture<T> result, Consumer<? super T> consumer) {
        Pulse.deliver(result, consumer);
    }
}
