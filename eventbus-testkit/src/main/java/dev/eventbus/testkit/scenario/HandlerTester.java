/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.scenario;

import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishRejectedException;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.DeliveryHandler;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.EventHandler;
import dev.eventbus.subscribe.HandlerFailedException;
import dev.eventbus.testkit.CheckReturnValue;
import dev.eventbus.testkit.TestEventBus;
import java.util.function.Function;

/**
 * Tests one handler alone, without a bus of the test's.
 *
 * {@snippet class="dev.eventbus.testkit.scenario.HandlerTesterTest" region="publishes"}
 *
 * <p>The bus that it runs on is the shipped one, on virtual time, with this one subscription; it is there for one event.
 * The handler runs in the thread of the test, once: it is not retried, and not given what it publishes itself. As
 * thread-safe as the handler.
 *
 * @param <E> type of the payload
 * @since 0.1
 */
public final class HandlerTester<E> {
    private static final String NAME = "handler";

    private final Function<? super EventPublisher, ? extends DeliveryHandler<E>> handlers;

    private HandlerTester(Function<? super EventPublisher, ? extends DeliveryHandler<E>> handlers) {
        this.handlers = handlers;
    }

    /**
     * Takes a handler of payloads that has all it needs.
     *
     * @param <E> type of the payload
     * @param handler the handler; a lambda needs the type of its parameter written out
     * @return gives it events
     */
    @CheckReturnValue
    public static <E> HandlerTester<E> of(EventHandler<E> handler) {
        return new HandlerTester<>(publisher -> delivery -> handler.handle(delivery.payload()));
    }

    /**
     * Takes a handler of payloads that publishes by a publisher of its own, as services do.
     *
     * @param <E> type of the payload
     * @param type class of the payload
     * @param handlers makes the handler, anew for each event that it receives
     * @return gives it events
     */
    @CheckReturnValue
    public static <E> HandlerTester<E> of(Class<E> type,
            Function<? super EventPublisher, ? extends EventHandler<E>> handlers) {
        return new HandlerTester<>(publisher -> {
            EventHandler<E> handler = handlers.apply(publisher);
            return delivery -> handler.handle(type.cast(delivery.payload()));
        });
    }

    /**
     * Takes a handler of deliveries; two names, since lambdas fit both.
     *
     * @param <E> type of the payload
     * @param handler the handler; a lambda needs the type of its parameter written out
     * @return gives it events
     */
    @CheckReturnValue
    public static <E> HandlerTester<E> ofEvent(DeliveryHandler<E> handler) {
        return new HandlerTester<>(publisher -> handler);
    }

    /**
     * Publishes an event, lets the handler handle it, and closes the bus that it did so on.
     *
     * @param payload what it handles
     * @return assertions about what it did
     * @throws PublishRejectedException if the bus refuses the event
     * @throws VirtualMachineError that the handler threw
     */
    @CheckReturnValue
    @SuppressWarnings("unchecked") // asked of the payload itself
    public HandlerResult receives(E payload) {
        Class<E> type = (Class<E>) payload.getClass();
        HandlerRecord published = new HandlerRecord();
        try (TestEventBus bus = TestEventBus.builder().name(NAME).configure(b -> b.observe(published)).build()) {
            DeliveryHandler<E> handler = handlers.apply(bus);
            // Propagated, so that no log tells of a dead letter that a test has meant to happen.
            bus.subscribe(NAME, s -> s.onEvent(type, handler).filter(type, HandlerRecord::isReceived)
                    .dispatch(Dispatch.synchronous()).retry(RetryPolicy.never()).propagate());
            Receipt unused = bus.publish(payload);
            return new HandlerResult(type.getSimpleName(), published.events(), null);
        } catch (HandlerFailedException failed) {
            return new HandlerResult(type.getSimpleName(), published.events(), failed.getCause());
        }
    }
}
