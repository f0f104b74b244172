package dev.storescope.app.archfixture.cli;

/// A command.
public final class Command {}
