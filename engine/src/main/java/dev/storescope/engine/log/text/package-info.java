/// Topics and properties as text and as the bytes of a record, without garbage for each.
///
/// Start with [Utf8]. May import: what its parent [dev.storescope.engine.log] may, but not that package, which uses it.
package dev.storescope.engine.log.text;
