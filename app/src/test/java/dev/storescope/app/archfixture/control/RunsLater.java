package dev.storescope.app.archfixture.control;

import java.util.function.Consumer;
import javafx.application.Platform;

/// Pushes to JavaFX's thread, by reference.
public final class RunsLater {

    Consumer<Runnable> push() {
        return Platform::runLater;
    }
}
