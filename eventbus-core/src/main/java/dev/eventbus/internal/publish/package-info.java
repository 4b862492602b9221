/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage publish: validates, makes the envelope, routes, filters, and hands to dispatch, or rejects. */
@NullMarked
package dev.eventbus.internal.publish;

import org.jspecify.annotations.NullMarked;
