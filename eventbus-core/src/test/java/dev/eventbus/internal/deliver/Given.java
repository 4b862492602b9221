/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.fixture.ManualClocks;
import dev.eventbus.internal.event.PayloadType;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.retry.RetryBudgets;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.RetryBudgetPolicy;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.publish.EventPublisher;
import dev.eventbus.publish.PublishOptions;
import dev.eventbus.publish.Receipt;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Makes the parts that deliveries are made of. Stateless. */
public final class Given {
    /** Publishes nothing. */
    static final EventPublisher NOBODY = new EventPublisher() {
        @Override
        public Receipt publish(Object payload) {
            throw new AssertionError("nobody publishes in this test");
        }

        @Override
        public Receipt publish(Object payload, PublishOptions options) {
            throw new AssertionError("nobody publishes in this test");
        }
    };

    private Given() {
    }

    /**
     * Makes a subscriber that is never retried unless it chooses so.
     *
     * @param name its name
     * @param spec what it takes
     * @return the subscriber
     */
    public static Subscriber subscriber(String name, Consumer<SubscriptionSpec> spec) {
        return SpecBuilder.build(name, spec, defaults(Dispatch.synchronous(), RetryPolicy.never()));
    }

    /**
     * Makes what a bus gives to subscriptions, with a budget named {@code one} of one retry.
     *
     * @param dispatch threads unless chosen
     * @param retry policy unless chosen
     * @return the defaults
     */
    public static SpecBuilder.Defaults defaults(Dispatch dispatch, RetryPolicy retry) {
        ManualClocks clocks = new ManualClocks();
        RetryBudgets budgets = new RetryBudgets(List.of(RetryBudgetPolicy.of("one", 1, Duration.ofHours(1))),
                clocks.monotonicNanos());
        Breakers breakers = new Breakers(Map.of(), clocks, new Signals("b", List.of()));
        return new SpecBuilder.Defaults(dispatch, retry, NOBODY, 4, budgets, breakers, clocks);
    }

    /**
     * Makes targets of Object that do nothing, named s0, s1, ...
     *
     * @param count how many
     * @return the targets
     */
    public static Target[] targets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> target("s" + i, spec -> spec.on(Object.class, payload -> {})))
                .toArray(Target[]::new);
    }

    /**
     * Makes the target of payloads of class Object.
     *
     * @param name name of the subscription
     * @param spec what it takes
     * @return the target
     */
    public static Target target(String name, Consumer<SubscriptionSpec> spec) {
        Target target = subscriber(name, spec).targetFor(Object.class);
        if (target == null) {
            throw new AssertionError("the subscription must take Object");
        }
        return target;
    }

    /**
     * Makes an event at the root.
     *
     * @param payload its payload
     * @param ports time and waiting
     * @param targets who gets it
     * @return the event
     */
    public static Publication<Object> event(Object payload, Ports ports, Target... targets) {
        return event(payload, ports, Origin.PLAIN, targets);
    }

    /**
     * Makes an event.
     *
     * @param payload its payload
     * @param ports time and waiting
     * @param origin where its metadata comes from
     * @param targets who gets it
     * @return the event
     */
    public static Publication<Object> event(Object payload, Ports ports, Origin origin, Target... targets) {
        UUID id = ports.ids().nextId();
        return new Publication<>(payload, new Plan(new PayloadType("order", 2), targets, ports), origin,
                id.getMostSignificantBits(), id.getLeastSignificantBits(), ManualClocks.START.toEpochMilli(), 0);
    }
}
