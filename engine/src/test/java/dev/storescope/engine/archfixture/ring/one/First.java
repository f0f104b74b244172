package dev.storescope.engine.archfixture.ring.one;

import dev.storescope.engine.archfixture.ring.two.Second;

/// Half of a cycle.
public final class First {

    Second second;
}
