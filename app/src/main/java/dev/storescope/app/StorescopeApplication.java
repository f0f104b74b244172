package dev.storescope.app;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;

/// The window. JavaFX makes it and calls it on its own thread.
public final class StorescopeApplication extends Application {

    private static final double WIDTH_PIXELS = 1600;
    private static final double HEIGHT_PIXELS = 1000;

    /// Called by JavaFX.
    public StorescopeApplication() {}

    @Override
    public void start(Stage stage) {
        stage.setTitle("Storescope");
        stage.setScene(new Scene(new BorderPane(), WIDTH_PIXELS, HEIGHT_PIXELS));
        stage.show();
    }
}
