/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stage deliver: one attempt of one event for one subscription, what it is made of, and what its failure means. */
@NullMarked
package dev.eventbus.internal.deliver;

import org.jspecify.annotations.NullMarked;
