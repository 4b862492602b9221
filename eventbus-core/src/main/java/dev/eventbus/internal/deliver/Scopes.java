/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.internal.deliver;

import dev.eventbus.subscribe.Delivery;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one thread-local of the library: what the thread is delivering, across all buses, so that causation crosses them
 * too.
 *
 * <p>Set when a delivery begins and put back when it ends; a null is left behind, which pins nothing (ADR 5). Stateless
 * but for that.
 */
public final class Scopes {
    private static final ThreadLocal<@Nullable DeliveryScope> CURRENT = new ThreadLocal<>();

    private Scopes() {
    }

    /**
     * Returns the innermost scope.
     *
     * @return the scope, or null outside all deliveries
     */
    public static @Nullable DeliveryScope current() {
        return CURRENT.get();
    }

    /**
     * Replaces the innermost scope; the caller puts the former one back.
     *
     * @param scope the scope, or null for none
     */
    public static void set(@Nullable DeliveryScope scope) {
        CURRENT.set(scope);
    }

    /**
     * Returns the innermost delivery as handlers see it.
     *
     * @return the delivery, or empty outside all deliveries
     */
    public static Optional<Delivery<?>> delivery() {
        DeliveryScope scope = CURRENT.get();
        if (scope == null) {
            return Optional.empty();
        }
        Publication<?> event = scope.event();
        Target target = scope.target();
        return event == null || target == null
                ? Optional.empty()
                : Optional.of(new CurrentDelivery<>(event, target.subscriber(), scope.attempt()));
    }

    /**
     * Takes the delivery of this thread along to whatever thread runs the task.
     *
     * @param <T> result of the task
     * @param task anything
     * @return the task, inside this thread's delivery; the task itself outside all deliveries
     */
    public static <T> Callable<T> wrapCall(Callable<T> task) {
        DeliveryScope scope = CURRENT.get();
        if (scope == null) {
            return task;
        }
        DeliveryScope carried = scope.carry();
        return () -> carrying(carried, task::call);
    }

    /**
     * Takes the delivery of this thread along to whatever thread runs the task.
     *
     * @param task anything
     * @return the task, inside this thread's delivery; the task itself outside all deliveries
     */
    public static Runnable wrap(Runnable task) {
        DeliveryScope scope = CURRENT.get();
        if (scope == null) {
            return task;
        }
        DeliveryScope carried = scope.carry();
        return () -> carrying(carried, () -> {
            task.run();
            return true;
        });
    }

    private static <T, X extends Exception> T carrying(DeliveryScope carried, Work<T, X> work) throws X {
        DeliveryScope before = CURRENT.get();
        CURRENT.set(carried);
        try {
            return work.call();
        } finally {
            CURRENT.set(before);
        }
    }

    @FunctionalInterface
    private interface Work<T, X extends Exception> {
        T call() throws X;
    }

    /**
     * Tells observers of an accepted event; what they publish meanwhile follows from it.
     *
     * @param event the event
     * @param telling tells them
     */
    public static void signalling(Publication<?> event, Runnable telling) {
        DeliveryScope around = CURRENT.get();
        during(new SignalScope(event, false, around), telling);
    }

    /**
     * Tells observers of a rejection, unless they are just being told of one: what they publish meanwhile may be
     * rejected.
     *
     * @param telling tells them
     */
    public static void signallingRejection(Runnable telling) {
        DeliveryScope around = CURRENT.get();
        for (DeliveryScope scope = around; scope != null; scope = scope.outer()) {
            if (scope instanceof SignalScope signal && signal.ofRejection()) {
                return;
            }
        }
        during(new SignalScope(around == null ? null : around.event(), true, around), telling);
    }

    private static void during(SignalScope scope, Runnable telling) {
        CURRENT.set(scope);
        try {
            telling.run();
        } finally {
            CURRENT.set(scope.outer());
        }
    }

    /**
     * Tells whether some scope of this thread is of a kind.
     *
     * @param kind is asked from the innermost outwards
     * @return true if one is
     */
    public static boolean isInside(Predicate<DeliveryScope> kind) {
        for (DeliveryScope scope = CURRENT.get(); scope != null; scope = scope.outer()) {
            if (kind.test(scope)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether a delivery's turn ends only when this thread goes on.
     *
     * @param slot a delivery at the head of a lane
     * @return true if waiting for it here would be waiting for oneself
     */
    public static boolean holds(Slot slot) {
        return isInside(scope -> scope.holds(slot));
    }

    /**
     * Tells whether this thread has to bring an event to its end.
     *
     * @param event some event
     * @return true if waiting for it here would be waiting for oneself
     */
    public static boolean mustHandle(Publication<?> event) {
        return isInside(scope -> scope.mustHandle(event));
    }
}
