/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.operation;

/**
 * One command that was carried out; everything that follows from it carries its id as correlation.
 *
 * @param id the correlation id
 * @param action what it did
 * @param number to which invoice
 * @param revision which revision of the invoice it made
 */
public record Operation(String id, Action action, String number, int revision) {}
