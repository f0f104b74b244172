/// A directory under the magnifying glass: its files, its messages as rows of a list of any length, the fields of one
/// beside its bytes, search and export.
///
/// Start with [InspectViewModel]. May import: control, text, theme, session, pulse, panel; of the engine `api` and
/// `inspect`.
package dev.storescope.app.panel.inspect;
