/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.testkit;

/** Events of the demonstrations. */
public final class Shop {
    private Shop() {
    }

    /**
     * An order was placed.
     *
     * @param id its number
     * @param total what it costs
     */
    public record OrderPlaced(String id, int total) {}

    /**
     * An order was paid.
     *
     * @param id its number
     */
    public record OrderPaid(String id) {}

    /**
     * A mail was sent.
     *
     * @param to who gets it
     */
    public record MailSent(String to) {}
}
