package dev.storescope.engine.archfixture.ring.two;

import dev.storescope.engine.archfixture.ring.one.First;

/// The other half of the cycle.
public final class Second {

    First first;
}
