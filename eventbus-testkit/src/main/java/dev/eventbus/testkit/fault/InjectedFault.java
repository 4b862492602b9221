/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit.fault;

/**
 * The failure of a call that a {@link Fault} let fail, where the test supplied no exception of its own.
 *
 * <p>Retry policies see it like any exception. Immutable.
 *
 * @since 0.1
 */
public final class InjectedFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Counted from 1. */
    private final long call;
    /** What was called. */
    private final String operation;

    InjectedFault(FaultyCall failed) {
        super("Call " + failed.number() + " of " + failed.operation() + " failed on purpose (" + failed.fault().words()
                + "); choose other calls if the test did not mean this one");
        this.call = failed.number();
        this.operation = failed.operation();
    }

    /**
     * Returns the number of the call.
     *
     * @return counted from 1
     */
    public long call() {
        return call;
    }

    /**
     * Names what was called.
     *
     * @return type and method, and the type of the payload where there is one
     */
    public String operation() {
        return operation;
    }
}
