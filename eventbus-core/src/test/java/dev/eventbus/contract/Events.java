/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.contract;

import dev.eventbus.event.EventType;

/** Payloads of the tests. */
final class Events {
    private Events() {
    }

    /** A family. */
    sealed interface InvoiceEvent permits Created, Paid {
        String id();
    }

    /** Another view of some of them. */
    interface Audited {}

    /** Named by annotation. */
    @EventType(name = "InvoiceCreated", version = 2)
    record Created(String id) implements InvoiceEvent, Audited {}

    /** Named by its class. */
    record Paid(String id) implements InvoiceEvent {}

    /** A superclass. */
    static class Base {}

    /** A subclass. */
    static final class Derived extends Base {}

    /** A payload that must never be described. */
    static final class Secret {
        @Override
        public String toString() {
            throw new AssertionError("a payload was printed");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("a payload was hashed");
        }

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("a payload was compared");
        }
    }
}
