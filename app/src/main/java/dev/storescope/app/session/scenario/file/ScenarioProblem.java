package dev.storescope.app.session.scenario.file;

/// Something that is wrong in a scenario file.
///
/// @param line from 1
/// @param column from 1
/// @param field such as `loads[1].body`; "" when it is the file as a whole
/// @param expected range, unit or words that are allowed
/// @param found what stands there
/// @param hint such as the word that was perhaps meant; "" for none
public record ScenarioProblem(int line, int column, String field, String expected, String found, String hint) {

    /// `12:7: loads[1].body: expected a size such as 1K, found '1Q'`
    public String text() {
        String where = field.isEmpty() ? "" : field + ": ";
        String meant = hint.isEmpty() ? "" : "; " + hint;
        return "%d:%d: %sexpected %s, found %s%s".formatted(line, column, where, expected, found, meant);
    }
}
