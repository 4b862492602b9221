/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** Files that keep the written form of each type and version of event, so that a change of it breaks a test. */
@NullMarked
package dev.eventbus.testkit.golden;

import org.jspecify.annotations.NullMarked;
