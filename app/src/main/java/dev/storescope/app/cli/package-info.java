/// The command line: what is said to `storescope`, and what it answers on stdout and stderr.
///
/// Start with [StorescopeCommand]. Only the root of the program may import it. May import: text, theme, session.
package dev.storescope.app.cli;
