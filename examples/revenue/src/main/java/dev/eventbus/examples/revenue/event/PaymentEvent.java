/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.event;

import java.math.BigDecimal;

/** What money did. */
public sealed interface PaymentEvent permits PaymentSucceeded, PaymentFailed, PaymentRefunded {
    /**
     * Returns which payment it was.
     *
     * @return the id that the payer gave it
     */
    String paymentId();

    /**
     * Returns what it was for.
     *
     * @return number of an invoice
     */
    String number();

    /**
     * Returns how much it was.
     *
     * @return GBP, exact
     */
    BigDecimal amount();
}
