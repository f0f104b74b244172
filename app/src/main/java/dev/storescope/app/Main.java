package dev.storescope.app;

import javafx.application.Application;

/// Where the program starts.
///
/// Not itself a JavaFX `Application`: the launcher of a JDK refuses one whose JavaFX lies on the class path.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Application.launch(StorescopeApplication.class, args);
    }
}
