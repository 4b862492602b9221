/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import dev.eventbus.testkit.TestEventBus;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Makes the bus of a test, looks for failures that it did not expect, tells what happened, and closes it. Stateless. */
final class EventBusExtension implements ParameterResolver, InvocationInterceptor, AfterEachCallback {
    EventBusExtension() {
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return BusOfTest.isPart(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return BusOfTest.part(parameter.getParameter().getType(), context);
    }

    /* ---------------- the thread of the test ---------------- */

    @Override
    public void interceptBeforeEachMethod(Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invoked, ExtensionContext context) throws Throwable {
        inItsThread(invocation, context);
    }

    @Override
    public void interceptTestMethod(Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> invoked,
            ExtensionContext context) throws Throwable {
        inItsThread(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invoked, ExtensionContext context) throws Throwable {
        inItsThread(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invoked, ExtensionContext context) throws Throwable {
        inItsThread(invocation, context);
    }

    // A @Timeout may have JUnit run a method in another thread than the one that resolved its parameters.
    private static void inItsThread(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        BusOfTest.there(context).ifPresent(TestEventBus::adoptThread);
        invocation.proceed();
    }

    /* ---------------- the end ---------------- */

    @Override
    public void afterEach(ExtensionContext context) {
        BusOfTest.there(context).ifPresent(bus -> {
            bus.adoptThread();
            try (bus) {
                end(bus, context);
            }
        });
    }

    private static void end(TestEventBus bus, ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            print(bus, context);
            return;
        }
        bus.finish();
        List<String> unexpected = bus.recorded().unexpectedFailures();
        if (!unexpected.isEmpty()) {
            print(bus, context);
            throw new AssertionError("the test expected no failure, but there " + (unexpected.size() == 1
                    ? "was one"
                    : "were " + unexpected.size()) + ":\n  " + String.join("\n  ", unexpected)
                    + "\nassert it, or say that the subscription is meant to fail: recorded.expectFailuresOf(name)");
        }
    }

    private static void print(TestEventBus bus, ExtensionContext context) {
        StringBuilder text = new StringBuilder(context.getDisplayName()).append(" failed; what happened:\n")
                .append(bus.recorded().tree());
        BusOfTest.seed(context).ifPresent(seed -> text.append("repeat it with @Seed(").append(seed).append("L)\n"));
        System.err.print(text);
    }
}
