/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Faults on purpose: what the checks, the retries and the dead letters have to stand. */
@NullMarked
package dev.eventbus.examples.revenue.app.fault;

import org.jspecify.annotations.NullMarked;
