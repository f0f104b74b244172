/// A screen for tests: JavaFX's Headless platform, which draws into memory and needs no display, made fit for whole windows.
///
/// Start with [WideApplication]. It lies in JavaFX's own package because the methods that it replaces are package-private.
/// When JavaFX is updated, `WidePlatformTest` says whether these classes still do what they promise.
package com.sun.glass.ui.headless;
