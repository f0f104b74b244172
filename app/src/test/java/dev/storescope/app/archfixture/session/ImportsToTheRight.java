package dev.storescope.app.archfixture.session;

import dev.storescope.app.archfixture.pulse.Beats;

/// `session` stands to the left of `pulse`.
public final class ImportsToTheRight {

    Beats beats;
}
