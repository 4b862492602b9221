/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Revenue: what the events of invoices do to the books.
 *
 * <pre>
 * InvoiceEvent -> RevenueHandlers -> RevenueService -> RevenueRepository
 *                  once per event,    decides what      keeps an account
 *                  publishes          the books say     per invoice
 *                      |
 *                      +-> RevenueEvent
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.revenue;

import org.jspecify.annotations.NullMarked;
