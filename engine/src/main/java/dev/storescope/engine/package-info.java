/// The store: what a program opens, puts messages into, and gets them from.
///
/// The work is in the packages below this one; this one wires them, starts them, and stops them.
/// May import: every package of the engine but `load`, `inspect`, and `sim`.
package dev.storescope.engine;
