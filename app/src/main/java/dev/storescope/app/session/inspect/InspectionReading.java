package dev.storescope.app.session.inspect;

import java.util.Optional;

/// What the window reads of an inspection, once a frame.
///
/// @param generation changes whenever another directory, or the same one anew, is opened: rows of another generation mean
///     nothing
/// @param search the one asked for last in this generation
/// @param export likewise
public record InspectionReading(long generation, InspectionState state, Optional<SearchReading> search,
        Optional<ExportReading> export) {
    static final InspectionReading NOTHING = new InspectionReading(0, new InspectionState.Nothing(), Optional.empty(),
            Optional.empty());
}
