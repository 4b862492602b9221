/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What flows: the envelope and its metadata. */
@NullMarked
package dev.eventbus.event;

import org.jspecify.annotations.NullMarked;
