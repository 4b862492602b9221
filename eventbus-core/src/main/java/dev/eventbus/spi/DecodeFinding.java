/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.spi;

/**
 * What is wrong with an input, and where. Immutable.
 *
 * @param problem the kind
 * @param path a JSON path, {@code $} for the whole
 * @param text what must hold there; quotes nothing of the input
 * @since 0.1
 */
public record DecodeFinding(DecodeProblem problem, String path, String text) {}
