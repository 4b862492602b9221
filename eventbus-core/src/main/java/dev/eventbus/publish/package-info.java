/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** How an event enters: the publisher's port, its options, its receipt, validators, and the typed rejections. */
@NullMarked
package dev.eventbus.publish;

import org.jspecify.annotations.NullMarked;
