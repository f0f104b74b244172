package dev.storescope.app.archfixture.unknown;

/// Its package stands nowhere in the order.
public final class HasNoPlace {}
