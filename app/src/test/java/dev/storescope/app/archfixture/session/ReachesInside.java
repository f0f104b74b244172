package dev.storescope.app.archfixture.session;

import dev.storescope.engine.service.Service;

/// Services are the engine's own affair.
public final class ReachesInside {

    Service service;
}
