/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is put on a bus, and how its end is known: the same for all of them. */
@NullMarked
package dev.eventbus.benchmarks.load;

import org.jspecify.annotations.NullMarked;
