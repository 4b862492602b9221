/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Benchmarks, each named after its question, against other buses in the same run; results are in docs/performance.md. */
@NullMarked
package dev.eventbus.benchmarks;

import org.jspecify.annotations.NullMarked;
