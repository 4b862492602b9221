/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

/**
 * One command that was carried out; everything that follows from it carries its id as correlation. Immutable.
 *
 * @param id the correlation id
 * @param action what it did
 * @param subject to what: number of an invoice, or id of a customer or a payment
 * @param revision which revision of it that made, from 1
 */
public record Operation(String id, Action action, String subject, int revision) {}
