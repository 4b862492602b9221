/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** How an event that comes twice is handled once: the policy of a subscription, and the store of claims behind it. */
@NullMarked
package dev.eventbus.idempotency;

import org.jspecify.annotations.NullMarked;
