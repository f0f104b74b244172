package dev.storescope.app.session.scenario;

/// A moment that is worth a picture.
///
/// @param name of the file, without its ending
public record Picture(String name, Moment moment, View view) {
}
