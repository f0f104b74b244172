package dev.storescope.app.archfixture.lesson;

import dev.storescope.app.archfixture.cli.Command;

/// Only the root starts commands.
public final class AsksTheCommandLine {

    Command command;
}
