/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

/**
 * A day has come on which something is to be done about an invoice, if it still stands as it stood.
 *
 * <p>Published by a timer that was set when the day became known; handled by whoever set it.
 */
public sealed interface Deadline permits ReminderDue, PaymentDue, RecognitionDue {
    /**
     * Returns the invoice.
     *
     * @return its number
     */
    String number();
}
