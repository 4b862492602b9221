/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage dispatch: decides order and thread, and carries out what the decisions of deliver ask for. */
@NullMarked
package dev.eventbus.internal.dispatch;

import org.jspecify.annotations.NullMarked;
