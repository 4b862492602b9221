/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** The smallest program that publishes an event. */
@NullMarked
package dev.eventbus.examples.quickstart;

import org.jspecify.annotations.NullMarked;
