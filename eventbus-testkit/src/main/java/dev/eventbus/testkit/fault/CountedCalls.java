/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts the calls of one thing, and lets its fault have the chosen ones. Thread-safe. */
final class CountedCalls {
    private final Fault fault;
    private final AtomicLong count = new AtomicLong();

    CountedCalls(Fault fault) {
        this.fault = fault;
    }

    /** Makes a call, where everything may be thrown. */
    <T extends @Nullable Object> T make(String operation, Body<T> body) throws Exception {
        long number = count.incrementAndGet();
        if (!fault.chooses(number)) {
            return body.run();
        }
        fault.disturb(new FaultyCall(number, operation, fault));
        if (fault.isDuplicating()) {
            T unused = body.run(); // as if this answer had been lost on its way, and the caller had asked again
        }
        return body.run();
    }

    /** Makes a call, where the signature lets nothing checked through. */
    <T> T makeUnchecked(String operation, Supplier<T> body) {
        try {
            return make(operation, body::get);
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(operation + " was interrupted while it was " + fault.words(), interrupted);
        } catch (Exception checked) {
            throw new IllegalStateException(operation + " cannot throw the checked " + checked.getClass().getName()
                    + " of a fault (" + fault.words() + "); supply a RuntimeException", checked);
        }
    }

    /** What was called. */
    @FunctionalInterface
    interface Body<T extends @Nullable Object> {
        T run() throws Exception;
    }
}
