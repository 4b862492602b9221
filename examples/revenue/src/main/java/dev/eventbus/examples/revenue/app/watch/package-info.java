/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What observers of the bus write down while it runs. */
@NullMarked
package dev.eventbus.examples.revenue.app.watch;

import org.jspecify.annotations.NullMarked;
