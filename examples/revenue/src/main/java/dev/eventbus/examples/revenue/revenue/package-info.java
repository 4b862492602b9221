/*
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Revenue: what the events of invoices do to the books.
 *
 * <pre>
 * InvoiceEvent -> RevenueHandlers -> RevenueService -> RevenueRepository
 *                  publishes          decides what      keeps an account per invoice
 *                      |              the books say  -> TaxRates
 *                      +-> RevenueEvent                 what is owed on top; may be down
 * </pre>
 */
@NullMarked
package dev.eventbus.examples.revenue.revenue;

import org.jspecify.annotations.NullMarked;
