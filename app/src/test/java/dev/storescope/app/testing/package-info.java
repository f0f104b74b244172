/// What the tests of the window share: the JavaFX thread, a window for each test, and a robot that clicks and types in it.
///
/// Start with [dev.storescope.app.testing.WindowExtension].
package dev.storescope.app.testing;
