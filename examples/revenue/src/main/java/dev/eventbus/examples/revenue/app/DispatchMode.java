/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app;

import dev.eventbus.deadletter.SequencePolicy;
import dev.eventbus.subscribe.Dispatch;
import dev.eventbus.subscribe.Ordering;
import dev.eventbus.subscribe.SubscriptionSpec;
import java.util.Locale;

/** Which threads the bus delivers on. */
enum DispatchMode {
    /** Virtual threads, where a subscription has an order of its own. */
    VIRTUAL {
        @Override
        Dispatch dispatch() {
            return Dispatch.virtualThreads();
        }

        @Override
        SubscriptionSpec byInvoice(SubscriptionSpec spec) {
            return spec.ordering(Ordering.byKey()); // which is sequenced unless one says otherwise
        }
    },

    /**
     * The publisher's thread, whose order is the only one there is: for operations that come from one thread. What follows from
     * a payment is handled after its lock was given back, so another thread's change of the same invoice may come first, which
     * the books refuse.
     */
    SYNC {
        @Override
        Dispatch dispatch() {
            return Dispatch.synchronous();
        }

        @Override
        SubscriptionSpec byInvoice(SubscriptionSpec spec) {
            return spec.sequenced(SequencePolicy.sequenced());
        }
    };

    abstract Dispatch dispatch();

    /**
     * Lets events of one invoice, which is their key, come one after the other, as they were published; those of different ones
     * need not wait. Once one is given up, those behind it are parked with it.
     */
    abstract SubscriptionSpec byInvoice(SubscriptionSpec spec);

    /** Returns what it is called on the command line and in reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
