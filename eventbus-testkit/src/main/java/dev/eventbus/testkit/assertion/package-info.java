/*
 * SPDX-License-Identifier: Apache-2.0
 */
/** AssertJ assertions about what a bus did. Needs AssertJ on the user's path, in a version of the user's. */
@org.jspecify.annotations.NullMarked
package dev.eventbus.testkit.assertion;
