/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** The buses that are compared, behind one door ({@link dev.eventbus.benchmarks.contender.Bus}), each set up to its advantage. */
@NullMarked
package dev.eventbus.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
