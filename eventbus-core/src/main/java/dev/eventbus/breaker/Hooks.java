/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.breaker;

import dev.eventbus.internal.check.Printable;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who want to know of something, told in the order in which they were registered, each as long as it is not removed.
 *
 * <p>Holds as many as are registered. One that throws is logged once and does not keep the others from being told.
 * Thread-safe.
 */
final class Hooks<T> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.eventbus");

    private final String circuit;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentNavigableMap<Long, Hook<T>> hooks = new ConcurrentSkipListMap<>();

    Hooks(String circuit) {
        this.circuit = circuit;
    }

    /** Registers; the result removes it again. */
    Runnable add(Consumer<? super T> told) {
        Long number = numbers.getAndIncrement();
        hooks.put(number, new Hook<>(told, new AtomicBoolean()));
        return () -> hooks.remove(number);
    }

    void tell(T what) {
        hooks.values().forEach(hook -> tell(hook, what));
    }

    // Whatever a hook throws, the caller's result is recorded already and the other hooks may be waiting lanes.
    private void tell(Hook<T> hook, T what) {
        try {
            hook.told.accept(what);
        } catch (Throwable failure) {
            if (hook.threw.compareAndSet(false, true)) {
                LOG.warn(
                        "circuit breaker '{}': one who was to be told of {} threw {}; it is told on, and not logged again",
                        circuit, what, Printable.describe(failure));
            }
        }
    }

    /** One who is told, and whether it has thrown. */
    private record Hook<T>(Consumer<? super T> told, AtomicBoolean threw) {}
}
