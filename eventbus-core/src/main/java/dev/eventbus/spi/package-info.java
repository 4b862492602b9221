/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Seams: where time, waiting and threads come from, and how events become bytes, so that they can be replaced. */
@NullMarked
package dev.eventbus.spi;

import org.jspecify.annotations.NullMarked;
