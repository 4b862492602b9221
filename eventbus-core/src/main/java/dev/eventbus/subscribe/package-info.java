/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Who wants what: handlers, deliveries, subscriptions and what each of them can choose. */
@NullMarked
package dev.eventbus.subscribe;

import org.jspecify.annotations.NullMarked;
