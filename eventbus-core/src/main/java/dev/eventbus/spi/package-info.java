/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Seams: where time, waiting and threads come from, so that tests can replace them. */
@NullMarked
package dev.eventbus.spi;

import org.jspecify.annotations.NullMarked;
