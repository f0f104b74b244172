package com.sun.glass.ui.wide;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.headless.HeadlessPlatformFactory;
import com.sun.glass.ui.headless.WideApplication;

/// What `-Dglass.platform=Wide` names: JavaFX's Headless platform, with the gaps filled that [WideApplication] lists.
public final class WidePlatformFactory extends HeadlessPlatformFactory {

    /// Called by JavaFX, which knows only this name.
    public WidePlatformFactory() {}

    @Override
    public Application createApplication() {
        return new WideApplication();
    }
}
