/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.report;

import java.util.List;

/**
 * What followed from what, for one invoice. Immutable.
 *
 * @param number number of the invoice
 * @param operations one branch per operation, in their order
 */
public record CausalTree(String number, List<Branch> operations) {
    /**
     * One thing, and what followed from it. Immutable.
     *
     * @param name what it is
     * @param detail what else is known of it
     * @param branches what followed
     */
    public record Branch(String name, String detail, List<Branch> branches) {}
}
