/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.route;

import dev.eventbus.internal.deliver.Breakers;
import dev.eventbus.internal.deliver.Plan;
import dev.eventbus.internal.deliver.SpecBuilder;
import dev.eventbus.internal.deliver.Subscriber;
import dev.eventbus.internal.event.EventIds;
import dev.eventbus.internal.lane.Proofs;
import dev.eventbus.internal.observe.Signals;
import dev.eventbus.internal.retry.RetryBudgets;
import dev.eventbus.internal.runtime.Ports;
import dev.eventbus.policy.RetryPolicy;
import dev.eventbus.spi.BusRuntime;
import dev.eventbus.spi.Clocks;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.SubscribeRejectedException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whoever asks for a route gets the subscriptions that are open at one moment of the call, in their order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Param(name = "number", gen = IntGen.class, conf = "0:1")
public class RouteTableLincheck {
    private static final Ports PORTS = new Ports(Clocks.system(), BusRuntime.system(), new Random(1),
            new EventIds(Clocks.system(), new Random(1)));

    private final Subscriber[] subscribers = {subscriber("a"), subscriber("b")};
    private final RouteTable table = new RouteTable("proof", PORTS, new Validators());

    private static Subscriber subscriber(String name) {
        return SpecBuilder.build(name, spec -> spec.on(CharSequence.class, text -> {}),
                new SpecBuilder.Defaults(Dispatch.synchronous(), RetryPolicy.never(), null, 1,
                        new RetryBudgets(List.of(), 0),
                        new Breakers(Map.of(), Clocks.system(), new Signals("proof", List.of())), Clocks.system()));
    }

    /** Opens one of the two subscriptions; false if it is open, or the table closed. */
    @Operation
    public boolean open(@Param(name = "number") int number) {
        try {
            table.open(subscribers[number]);
            return true;
        } catch (SubscribeRejectedException refused) {
            return false;
        }
    }

    /** Closes one of the two. */
    @Operation
    public void close(@Param(name = "number") int number) {
        table.close(subscribers[number]);
    }

    /** Resolves. */
    @Operation
    public String routeOf() {
        Plan plan = table.routeOf(String.class).plan();
        StringBuilder names = new StringBuilder();
        for (int index = 0; index < plan.size(); index++) {
            names.append(plan.target(index).subscriber().name());
        }
        return names.toString();
    }

    /** Refuses further ones. */
    @Operation
    public void closeTable() {
        table.close();
    }

    /** The same in one thread. */
    public static class Sequential {
        private String open = "";
        private boolean closed;

        /** Opens. */
        public boolean open(int number) {
            String name = name(number);
            if (closed || open.contains(name)) {
                return false;
            }
            open += name;
            return true;
        }

        /** Closes. */
        public void close(int number) {
            open = open.replace(name(number), "");
        }

        private static String name(int number) {
            return number == 0 ? "a" : "b";
        }

        /** Lists. */
        public String routeOf() {
            return open;
        }

        /** Refuses. */
        public void closeTable() {
            closed = true;
        }
    }

    @Test
    void every_interleaving_of_the_model_routes_by_one_moment() {
        new ModelCheckingOptions().threads(2).actorsPerThread(2).actorsBefore(1).actorsAfter(1)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void a_route_that_is_resolved_while_a_subscription_comes_or_goes_is_not_kept() throws NoSuchMethodException {
        Actor route = new Actor(getClass().getMethod("routeOf"), List.of());
        Actor open = new Actor(getClass().getMethod("open", int.class), List.of(0));
        Actor close = new Actor(getClass().getMethod("close", int.class), List.of(0));

        new ModelCheckingOptions().iterations(0).invocationsPerIteration(Proofs.INVOCATIONS * 4)
                .addCustomScenario(
                        new ExecutionScenario(List.of(), List.of(List.of(route), List.of(open)), List.of(route), null))
                .addCustomScenario(new ExecutionScenario(List.of(open), List.of(List.of(route), List.of(close)),
                        List.of(route), null))
                .sequentialSpecification(Sequential.class).check(getClass());
    }

    @Test
    void real_threads_route_by_one_moment() {
        new StressOptions().threads(2).actorsPerThread(3).actorsBefore(2).actorsAfter(1)
                .iterations(Proofs.ITERATIONS).invocationsPerIteration(Proofs.INVOCATIONS)
                .sequentialSpecification(Sequential.class).check(getClass());
    }
}
