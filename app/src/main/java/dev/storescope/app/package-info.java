/// The program: where it starts, and what it does first.
///
/// Start with [Main]. May import: every other package of the app.
package dev.storescope.app;
