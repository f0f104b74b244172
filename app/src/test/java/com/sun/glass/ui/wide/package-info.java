/// The name under which JavaFX finds the [com.sun.glass.ui.headless.WideApplication] of our tests.
///
/// JavaFX makes the class name from `-Dglass.platform=Wide`, so neither package nor class can be called otherwise.
package com.sun.glass.ui.wide;
