/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What could not be delivered: dead letters, the store they are kept in, and the operations on them. */
@NullMarked
package dev.eventbus.deadletter;

import org.jspecify.annotations.NullMarked;
