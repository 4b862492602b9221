/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** What to do about failure: immutable values without behaviour. */
@NullMarked
package dev.eventbus.policy;

import org.jspecify.annotations.NullMarked;
