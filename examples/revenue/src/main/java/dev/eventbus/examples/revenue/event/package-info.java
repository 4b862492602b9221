/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What happens: the only words that the layers share. Each family is a sealed interface, each event a record of values.
 *
 * <pre>
 * CustomerEvent   who there is                          CustomerRules
 * InvoiceEvent    what was billed, paid, taken back     InvoiceRules
 * PaymentEvent    what money did                        PaymentRules
 * RevenueEvent    what the books say                    RevenueRules
 * Deadline        a day has come; published by a timer
 * </pre>
 *
 * <p>What an event must hold to is checked when it is published, by the rules of its family. All invoice, payment and revenue
 * events and deadlines are published with the number of their invoice as key.
 */
@NullMarked
package dev.eventbus.examples.revenue.event;

import org.jspecify.annotations.NullMarked;
