package dev.storescope.app.testing;

import java.util.List;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/// Gives each test a stage of its own, which its method with `@Start` fills on the JavaFX thread, and a robot as a parameter.
///
/// It stands in the place of TestFX's `ApplicationExtension`, which waits seven times for fixed times around each test.
public final class WindowExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final SteadyRobot robot = new SteadyRobot();

    @Override
    public void beforeEach(ExtensionContext context) {
        FxThread.start();
        Object test = context.getRequiredTestInstance();
        FxThread.run(() -> AnnotationSupport
                .findAnnotatedMethods(test.getClass(), Start.class, HierarchyTraversalMode.TOP_DOWN)
                .forEach(start -> ReflectionSupport.invokeMethod(start, test, new Stage())));
        FxThread.settle();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        robot.letGo();
        FxThread.run(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FxRobot.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return robot;
    }
}
