/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage route: which subscriptions get the payloads of a class. */
@NullMarked
package dev.eventbus.internal.route;

import org.jspecify.annotations.NullMarked;
