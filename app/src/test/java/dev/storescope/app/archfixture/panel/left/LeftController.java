package dev.storescope.app.archfixture.panel.left;

import dev.storescope.app.archfixture.panel.right.RightViewModel;
import dev.storescope.engine.MessageStore;

/// Knows its neighbour, and speaks to the store.
public final class LeftController {

    RightViewModel model;
    MessageStore store;
}
