/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** The checks that end the program: are the books right, can each entry be traced, was it fast, was nothing lost. */
@NullMarked
package dev.eventbus.examples.revenue.app.check;

import org.jspecify.annotations.NullMarked;
