/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.junit;

import dev.eventbus.EventBus;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.EventScheduler;
import dev.eventbus.testkit.RecordedEvents;
import dev.eventbus.testkit.TestEventBus;
import dev.eventbus.testkit.TestEventBusBuilder;
import dev.eventbus.testkit.VirtualTime;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;

/** The bus of one test, made when the test first asks for it. Stateless: it is kept in the store of the test's context. */
final class BusOfTest {
    private static final Namespace NAMESPACE = Namespace.create(BusOfTest.class);
    private static final Map<Class<?>, Function<TestEventBus, Object>> PARTS = Map.of(TestEventBus.class, bus -> bus,
            EventBus.class, TestEventBus::eventBus, EventPublisher.class, bus -> bus, EventScheduler.class, bus -> bus,
            RecordedEvents.class, TestEventBus::recorded, VirtualTime.class, TestEventBus::time);

    private BusOfTest() {
    }

    static boolean isPart(Class<?> type) {
        return PARTS.containsKey(type);
    }

    static Object part(Class<?> type, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("a " + type.getSimpleName()
                    + " belongs to one test: take it as a parameter of a test method or a @BeforeEach method, not of a"
                    + " constructor or a @BeforeAll method");
        }
        return Objects.requireNonNull(PARTS.get(type), () -> type + " is no part").apply(of(context));
    }

    private static TestEventBus of(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        TestEventBus bus = store.get(TestEventBus.class, TestEventBus.class);
        if (bus == null) {
            bus = build(context);
            store.put(TestEventBus.class, bus);
        }
        return bus;
    }

    /** Returns the bus if the test has asked for one. */
    static Optional<TestEventBus> there(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(TestEventBus.class, TestEventBus.class));
    }

    static void seed(ExtensionContext context, long seed) {
        context.getStore(NAMESPACE).put(Long.class, seed);
    }

    /** Returns the seed of the test: the explored one, else that of its method, else that of its class. */
    static Optional<Long> seed(ExtensionContext context) {
        Long explored = context.getStore(NAMESPACE).get(Long.class, Long.class);
        return Optional.ofNullable(explored)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestMethod(), Seed.class).map(Seed::value))
                .or(() -> ofClass(context, Seed.class).map(Seed::value));
    }

    // Of the class of the test, or the nearest one around it that has it.
    private static <A extends Annotation> Optional<A> ofClass(ExtensionContext context, Class<A> annotation) {
        return context.getRequiredTestInstances().getAllInstances().reversed().stream()
                .flatMap(test -> AnnotationSupport.findAnnotation(test.getClass(), annotation).stream()).findFirst();
    }

    private static TestEventBus build(ExtensionContext context) {
        TestEventBusBuilder builder = TestEventBus.builder();
        seed(context).ifPresent(builder::seed);
        if (ofClass(context, EventBusTest.class).map(EventBusTest::threaded).orElse(false)) {
            builder.threaded();
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) { // the outer ones first
            if (instance instanceof EventBusSetup setup) {
                setup.setUp(builder);
            }
        }
        return builder.build();
    }
}
